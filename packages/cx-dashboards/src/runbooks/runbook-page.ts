import type { Catalog, Objective } from 'cx-definition'
import { addressBelow } from '../page-address.ts'
import type { Alerting } from '../alerting.ts'
import type { AlertLinks } from '../prometheus/alert-links.ts'
import type { Expression } from '../promql/expression.ts'
import { block, bulleted, link, numbered, paragraphs } from './markdown.ts'

/** What pages are written from. */
export interface RunbookContext {
  readonly catalog: Catalog
  readonly alerting: Alerting
  readonly links: AlertLinks
  /** The names of all pages, so that one can lead to another. */
  readonly pages: ReadonlySet<string>
  /** Other objectives of the same services or the same feature. */
  neighboursOf(objective: Objective): readonly Objective[]
}

/** A page, its texts in Markdown. */
export interface RunbookPage {
  readonly title: string
  readonly facts: readonly string[]
  readonly meaning: string
  readonly looks: readonly string[]
  /** What to do beside mending it. */
  readonly endings: readonly string[]
}

export const pageText = ({ endings, facts, looks, meaning, title }: RunbookPage): string =>
  paragraphs(
    `# ${title}`,
    bulleted(facts),
    '## What it means',
    meaning,
    '## First looks',
    numbered(looks),
    ...endings,
  )

/** A question, where it is answered, and the query that answers it. */
export const look = (question: string, where: string, query?: Expression): string =>
  paragraphs(`**${question}** ${where}`.trim(), query && block('promql', query.text))

/** Nothing where no Grafana is known. */
export const dashboardLink = (
  text: string,
  { grafanaUrl }: AlertLinks,
  uid: string | undefined,
): string | undefined =>
  grafanaUrl === undefined || uid === undefined
    ? undefined
    : link(text, addressBelow(grafanaUrl, `d/${uid}`))

/** The sessions of the last hour that a query of Datadog's finds. */
export const sessionsLink = (
  text: string,
  { datadogUrl }: AlertLinks,
  terms: string,
): string | undefined =>
  datadogUrl === undefined
    ? undefined
    : link(text, `${datadogUrl}/rum/sessions?query=${encodeURIComponent(terms)}&live=true`)
