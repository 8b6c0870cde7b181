import {
  attributes,
  type EventCount,
  type Journey,
  journeyStepDuration,
  journeySteps,
  stepAction,
  type WebApp,
} from 'cx-definition'
import { countQuery, durationQuery, type MetricScope } from '../metric-query.ts'
import { rumSearch, rumTerm } from '../rum-search.ts'
import { type Link, table, timeseries, value } from './charts.ts'
import { rumStream } from './lists.ts'
import { distinctSessions, type Formula, metric, rumEvents } from './request.ts'
import { withTime } from './variables.ts'
import type { SizedWidget } from './widget.ts'

/** What browsers told of some apps. */
export const webWidgets = (apps: readonly WebApp[], url: string) => {
  const within = (...terms: readonly string[]) =>
    rumSearch(...terms, rumTerm('service', ...apps.map(({ name }) => name)), '$env')
  const errors = within('@type:error', '$owner')
  const all = rumEvents('sessions', within(), distinctSessions)
  const hit = rumEvents('hit', errors, distinctSessions)
  const share: Formula = {
    formula: '100 * default_zero(hit) / sessions',
    alias: 'Sessions hit',
    unit: 'percent',
    worse: [1, 2],
  }
  return {
    sessions: (): SizedWidget =>
      value({
        title: 'Sessions',
        queries: [all],
        formulas: [{ formula: 'sessions', alias: 'Sessions' }],
        links: [explorer('Sessions', url, within('@type:session'))],
      }),
    errors: (): SizedWidget =>
      value({
        title: 'Errors',
        queries: [rumEvents('errors', errors, { aggregation: 'count' })],
        formulas: [{ formula: 'default_zero(errors)', alias: 'Errors' }],
        links: [explorer('Errors', url, errors)],
      }),
    sessionsHit: (): SizedWidget =>
      value({
        title: 'Sessions hit by an error',
        queries: [all, hit],
        formulas: [share],
        links: [explorer('Errors', url, errors)],
      }),
    sessionsOverTime: (): SizedWidget =>
      timeseries({
        title: 'Sessions by app',
        bars: true,
        queries: [rumEvents('sessions', within(), distinctSessions, ['service'])],
        formulas: [{ formula: 'sessions', alias: 'Sessions' }],
      }),
    sessionsHitOverTime: (): SizedWidget =>
      timeseries({
        title: 'Sessions hit, by owner of the error',
        queries: [rumEvents('hit', errors, distinctSessions, ['@context.team'])],
        formulas: [{ formula: 'hit', alias: 'Sessions hit' }],
      }),
    errorsByOwner: (): SizedWidget =>
      table({
        title: 'Errors by owner',
        queries: [
          rumEvents('hit', errors, distinctSessions, ['@context.team', '@context.feature']),
          rumEvents('errors', errors, { aggregation: 'count' }, [
            '@context.team',
            '@context.feature',
          ]),
        ],
        formulas: [
          { formula: 'hit', alias: 'Sessions hit', sorts: true },
          { formula: 'errors', alias: 'Errors' },
        ],
        links: [
          explorer(
            'Errors of {{@context.team.value}}',
            url,
            rumSearch(errors, '{{@context.team}}'),
          ),
        ],
      }),
    /** Each row opens the session; a replay shows what was done before. */
    errorStream: (): SizedWidget =>
      rumStream(
        'Errors with a replay, the newest first',
        rumSearch(errors, '@session.has_replay:true'),
        [
          'timestamp',
          '@context.team',
          '@context.feature',
          '@error.message',
          '@view.name',
          '@session.id',
        ],
      ),
    webVitals: (): SizedWidget =>
      table({
        title: 'Web vitals by page, p75',
        queries: vitals.map(({ facet, name }) =>
          rumEvents(name, within('@type:view'), { aggregation: 'pc75', metric: facet }, [
            '@view.name',
          ]),
        ),
        formulas: vitals.map(({ good, name, poor, title, unit }, index) => ({
          formula: name,
          alias: title,
          worse: [good, poor],
          ...(unit && { unit }),
          ...(index === 0 && { sorts: true }),
        })),
      }),
  }
}

const second = 1e9

// Nanoseconds, as RUM keeps times. Good up to the first, poor from the second: https://web.dev/articles/vitals
const vitals = [
  {
    name: 'lcp',
    title: 'LCP',
    facet: '@view.largest_contentful_paint',
    good: 2.5 * second,
    poor: 4 * second,
    unit: 'nanosecond',
  },
  {
    name: 'inp',
    title: 'INP',
    facet: '@view.interaction_to_next_paint',
    good: 0.2 * second,
    poor: 0.5 * second,
    unit: 'nanosecond',
  },
  {
    name: 'cls',
    title: 'CLS',
    facet: '@view.cumulative_layout_shift',
    good: 0.1,
    poor: 0.25,
    unit: undefined,
  },
  {
    name: 'fcp',
    title: 'FCP',
    facet: '@view.first_contentful_paint',
    good: 1.8 * second,
    poor: 3 * second,
    unit: 'nanosecond',
  },
  {
    name: 'ttfb',
    title: 'TTFB',
    facet: '@view.first_byte',
    good: 0.8 * second,
    poor: 1.8 * second,
    unit: 'nanosecond',
  },
] as const

/** Datadog encodes links itself, and puts in what was chosen and clicked: https://docs.datadoghq.com/dashboards/guide/context-links */
const explorer = (label: string, url: string, search: string): Link => ({
  label: `${label} in the explorer`,
  link: withTime(`${url}/rum/sessions?query=${search.replaceAll(/\$\w+/g, '{{$&}}')}`),
})

/** How people get through a journey, and whose sessions they are who do not. */
export const journeyWidgets = (journey: Journey, scope: MetricScope, url: string) => {
  const of = (event: readonly string[]): EventCount => ({
    instrument: journeySteps,
    operations: [{}],
    where: [
      { attribute: attributes.app, anyOf: [journey.app.name] },
      { attribute: attributes.journey, anyOf: [journey.name] },
      { attribute: attributes.event, anyOf: event },
    ],
  })
  const times: EventCount = {
    ...of([]),
    instrument: journeyStepDuration,
    where: of([]).where.slice(0, 2),
  }
  const inApp = rumSearch(rumTerm('service', journey.app.name), '$env')
  const steps = [attributes.step]
  return {
    search: inApp,
    dropOff: (): SizedWidget =>
      table({
        title: `Steps: ${journey.title}`,
        width: 6,
        queries: (['entered', 'completed', 'failed'] as const).map((event) =>
          metric(event, countQuery(of([event]), scope, steps)),
        ),
        formulas: [
          {
            formula: '100 * (1 - default_zero(completed) / entered)',
            alias: 'Left or failed',
            unit: 'percent',
            sorts: true,
          },
          { formula: 'entered', alias: 'Entered' },
          { formula: 'default_zero(completed)', alias: 'Completed' },
          { formula: 'default_zero(failed)', alias: 'Failed tries' },
        ],
        links: journey.steps.map((step) =>
          explorer(
            `Sessions that entered ${step}`,
            url,
            rumSearch(
              inApp,
              '@type:action',
              rumTerm('@action.name', stepAction(journey.name, step, 'entered')),
            ),
          ),
        ),
      }),
    failures: (): SizedWidget =>
      timeseries({
        title: `Failed tries by step: ${journey.title}`,
        queries: [metric('failed', countQuery(of(['failed']), scope, steps))],
        formulas: [{ formula: 'failed', alias: 'Failed tries' }],
      }),
    timeInSteps: (): SizedWidget =>
      timeseries({
        title: `Time in steps, p75: ${journey.title}`,
        queries: [metric('time', durationQuery('p75', times, scope, steps), 'percentile')],
        formulas: [{ formula: 'time', alias: 'p75', unit: 'second' }],
      }),
  }
}
