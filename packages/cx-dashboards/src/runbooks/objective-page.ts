import {
  type Breach,
  minutes,
  type Objective,
  placeholders,
  spokenPercent,
  spokenWindow,
} from 'cx-definition'
import { equals } from '../alertmanager/matcher.ts'
import type { Alert } from '../prometheus/alert.ts'
import { alertNames } from '../promql/alert-names.ts'
import { knowsCustomers, outage, outageLine } from '../promql/alert-conditions.ts'
import {
  badByKind,
  budgetLeftNow,
  customersHitMost,
  deployments,
  errorRatioNow,
  firingAlerts,
  whereMatcher,
} from '../promql/first-looks.ts'
import { objectiveLabel } from '../promql/slo-series.ts'
import { burnMeaning } from './burn-meaning.ts'
import { servicesOf } from './neighbours.ts'
import { bulleted, code, link, paragraphs, plain } from './markdown.ts'
import { pageTitle } from './page-title.ts'
import {
  dashboardLink,
  look,
  type RunbookContext,
  type RunbookPage,
  sessionsLink,
} from './runbook-page.ts'
import { excluding, silencing } from './silencing.ts'
import { lastSpan, spokenRatio } from './spoken.ts'

/** The page of an objective's alerts of one kind. */
export const objectivePage = (
  objective: Objective,
  { kind }: Pick<Alert, 'kind'>,
  context: RunbookContext,
): RunbookPage => {
  const { alerting, catalog } = context
  const matchers = [equals('alertname', alertNames[kind]), equals(objectiveLabel, objective.name)]
  const { name } = catalog.dimension
  return {
    title: pageTitle({ kind, objective }, name),
    facts: facts(objective, kind),
    meaning: kind === 'burn' ? burnMeaning(objective, name) : otherMeaning(objective, kind, name),
    looks: [...firstLooks(objective, kind, context), ...looks(objective, context)],
    endings: [silencing(alerting, matchers), excluding(objective.name)],
  }
}

type Kind = Alert['kind']

const facts = (objective: Objective, kind: Kind): string[] => {
  const { feature, indicator, name, runbook, target, window } = objective
  return [
    `Alert: ${code(alertNames[kind])} with ${code(`objective="${name}"`)}`,
    `Owner: ${plain(feature.owner.title)}`,
    `Feature: ${plain(feature.title)}${feature.description === '' ? '' : `. ${plain(feature.description)}`}`,
    `Promised: ${spokenPercent(target)} over ${spokenWindow(window)}`,
    `Good are ${plain(indicator.description)}; the others are called bad here`,
    ...(runbook === undefined ? [] : [link('The team’s own runbook', runbook)]),
  ]
}

const otherMeaning = (objective: Objective, kind: Kind, dimension: string): string =>
  kind === 'customer'
    ? customerMeaning(objective, dimension)
    : breachMeaning(objective.breaches, dimension)

const customerMeaning = (objective: Objective, dimension: string): string =>
  paragraphs(
    `One ${dimension}, named in the alert, is cut off while others may be well: over ${lastSpan(outage.long)} at least ${spokenRatio(outageLine(objective))} of its events were bad, beyond chance, and in ${lastSpan(outage.short)} more than ${spokenPercent({ ratio: outage.shortRatio })}.`,
    `It is a ticket. While the objective’s own alert fires as well, it keeps quiet, since then it is not about one ${dimension}. Those that share the labels ${Object.values(placeholders).map(code).join(', ')} have none.`,
  )

const breachMeaning = (breaches: readonly Breach[], dimension: string): string =>
  paragraphs(
    bulleted(
      breaches.map(
        ({ below, lasting, severity }) =>
          `A ${severity}: fewer than ${spokenPercent(below)} were good over ${lastSpan(lasting)}, beyond chance${lasting.seconds > 300 ? `, and over ${lastSpan(minutes(5))} as well` : ''}.`,
      ),
    ),
    `A simple line beside the error budget: it says that something is wrong now, not what it costs. It looks at all ${dimension}s together.`,
  )

/** Whether it is still so, and for whom; where one customer is hit, that first. */
const firstLooks = (objective: Objective, kind: Kind, context: RunbookContext): string[] => {
  const { alerting, catalog, links } = context
  const where = whereMatcher(alerting.environments)
  const dashboard = links.dashboardOf({ objective, feature: objective.feature, page: '' })
  const customer = dashboardLink('its dashboard', links, links.customerDashboard)
  const found = [
    look(
      'Is it still so, and since when?',
      sentence(dashboardLink('The dashboard', links, dashboard), 'shows it over time.'),
      errorRatioNow(objective, where),
    ),
  ]
  if (!knowsCustomers(objective)) return found
  const question = `Which ${catalog.dimension.name}s are hit?`
  const worst = sentence(customer && `The worst first; ${customer}`, 'zooms in on one.')
  found.push(look(question, worst, customersHitMost(objective, where)))
  return kind === 'customer' ? found.toReversed() : found
}

const looks = (objective: Objective, context: RunbookContext): string[] => {
  const { alerting, catalog } = context
  const where = whereMatcher(alerting.environments)
  const scope = { dimension: catalog.dimension.name, matchers: [where] }
  const services = servicesOf(objective, catalog)
  const versions =
    'How many hours ago each version was first seen, in the last week. One that came just before: roll it back first, ask later.'
  return [
    look(
      'What fails?',
      'Bad events of the last hour, by all that is known of them.',
      badByKind(objective, scope),
    ),
    ...(services.length > 0
      ? [look('What was deployed?', versions, deployments(services, where))]
      : []),
    look('What else fires?', neighbours(objective, context), firingAlerts(where)),
    ...sessionLooks(objective, context),
    look(
      'How much budget is left?',
      'As a part of 1; below 0 the promise is broken.',
      budgetLeftNow(objective, where),
    ),
  ]
}

const sentence = (subject: string | undefined, rest: string): string =>
  subject === undefined ? '' : `${subject} ${rest}`

/** Where those fail as well that share something, the cause lies in what they share. */
const neighbours = (objective: Objective, context: RunbookContext): string => {
  const others = context.neighboursOf(objective)
  if (others.length === 0) return 'What fails beneath it is the likelier cause.'
  const named = others.map(({ name, title }) =>
    context.pages.has(`${name}-burn`) ? link(title, `${name}-burn.md`) : plain(title),
  )
  return `It shares a service or its feature with ${named.join(', ')}. Where those fail as well, look at what they share: a database, a network, a provider.`
}

const sessionLooks = ({ feature }: Objective, { links }: RunbookContext): string[] =>
  links.appsOf(feature).flatMap(({ name, title }) => {
    const sessions = sessionsLink(
      `Sessions with errors in ${title}`,
      links,
      `@type:error service:${name}`,
    )
    return sessions === undefined ? [] : [look('What did people see?', `${sessions}.`)]
  })
