import { availability, feature, minutes, operation, owner, seconds, service } from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unquoted } from './go-string.ts'
import { groupsIn, judge, ruleFilesOf, type World } from './judged-rules.ts'
import { available, counter, platform } from './judged-world.ts'

/** What each of our notations takes for its own: PromQL, YAML, Go's templates and regular expressions, Grafana, printf. */
const traps = [
  '{{ .Labels }}',
  '{{',
  '}}',
  '{',
  '{{{',
  '"',
  "'",
  '`',
  '\\',
  '\\"',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  '\u0007',
  '\u007F',
  '\u0085',
  '\u2028',
  '\uFEFF',
  '\uE000',
  '\uFFFC',
  '\u{1F600}',
  '$labels.owner',
  '${environment}',
  '[[customer]]',
  '$1',
  '%q',
  '%',
  ': ',
  ' #',
  '- ',
  '&a',
  '*a',
  '!!str',
  '|',
  '>',
  'null',
  '~',
  '1e3',
  '.*',
  '(',
  '[',
  '</script>',
  'é',
  ' ',
]

const text = fc
  .array(fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'binary', maxLength: 6 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''))
  .filter((joined) => joined.trim() !== '' && !joined.includes('\uFFFD'))

interface Told {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

const pairs = (list: string): Record<string, string> =>
  Object.fromEntries(
    [...list.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)].map(([, name, value = '']) => [
      name,
      unquoted(value),
    ]),
  )

/** The alerts that fire, with their texts as Prometheus expanded them. */
const told = (world: World, alertname: string, at = minutes(20)): Told[] => {
  const said = judge(world, {
    alert_rule_test: [{ alertname, eval_time: `${at.seconds}s`, exp_alerts: [] }],
  })
  const [, got] = said.split('        got:[')
  if (got === undefined) throw new Error(said || 'no alert fires')
  return [...got.matchAll(/^ +Labels:\{(.*)\}\n +Annotations:\{(.*)\}/gm)].map(
    ([, labels = '', annotations = '']) => ({
      labels: pairs(labels),
      annotations: pairs(annotations),
    }),
  )
}

const every = minutes(1)
const judged = (ruleFile: string, series: World['series']): World => ({
  groups: groupsIn(ruleFile),
  ruleFile,
  series,
  scraped: seconds(30),
  evaluated: every,
})

test('whatever services, their owners and environments are called, Prometheus says it unchanged', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(text, {
        minLength: 20,
        maxLength: 20,
        selector: (name) => name,
      }),
      text,
      (names, environment) => {
        const owners = names.map((title, index) => owner(`owner-${index}`, { title }))
        const services = names.map((name, index) => service(name, { owner: owners[index]! }))
        const options = { owners, features: [], services }
        const [ruleFile = ''] = ruleFilesOf(options, [environment], every)
        const alerts = told(judged(ruleFile, {}), 'CxServiceSilent')
        const spoken = names.map((name) => name)
        expect(alerts.map(({ labels }) => labels['service_name']).toSorted()).toEqual(
          spoken.toSorted(),
        )
        for (const { annotations, labels } of alerts) {
          const name = labels['service_name'] ?? ''
          expect(labels['deployment_environment_name']).toBe(environment)
          expect(labels['owner']).toBe(`owner-${spoken.indexOf(name)}`)
          expect(annotations['summary']).toContain(`${name} is silent in ${environment}`)
          // A service and its owner's title are the same text here.
          expect(annotations['description']?.split(name).length).toBeGreaterThan(2)
          expect(annotations['description']).not.toContain('error expanding template')
        }
      },
    ),
    {
      numRuns: 6,
      examples: [
        [traps.filter((each) => each.trim() !== ''), '"}} '],
        [traps.map((each) => `\t\n${each}.`), '{{'],
      ],
    },
  )
})

/** As promtool's own notation of a series has it. */
const selector = (labels: Readonly<Record<string, string>>): string => {
  const list = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return `cx_requests_total{${list.join(', ')}}`
}

test('whatever titles, routes, environments and customers are called, an alert finds their figures', () => {
  fc.assert(
    fc.property(
      fc.record({ title: text, called: text, customer: text, environment: text, route: text }),
      ({ called, customer, environment, route, title }) => {
        const of = operation(called, 'GET', `/${route}`)
        const reading = feature('reading', { title, owner: platform, operations: [of] })
        const indicator = availability({ of: [of] })
        const objectives = [available({ feature: reading, title, indicator })]
        const options = { owners: [platform], features: [reading], objectives }
        const [ruleFile = ''] = ruleFilesOf(options, [environment], every)
        const series = (outcome: string) =>
          selector({
            service_name: called,
            http_request_method: 'GET',
            http_route: `/${route}`,
            deployment_environment_name: environment,
            customer: customer,
            outcome,
          })
        const world = judged(ruleFile, {
          [series('success')]: counter([30, 10]),
          [series('server_error')]: counter([30, 30]),
        })
        const alerts = [...told(world, 'CxErrorBudgetBurn'), ...told(world, 'CxCustomerOutage')]
        expect(alerts.map(({ labels }) => labels['severity']).toSorted()).toEqual([
          'page',
          'ticket',
          'ticket',
        ])
        for (const { annotations, labels } of alerts) {
          expect(labels['deployment_environment_name']).toBe(environment)
          expect(annotations['summary']).toContain(title)
          expect(annotations['description']).toContain(`feature: ${title}.`)
          expect(annotations['description']).toContain('25%')
          expect(annotations['description']).not.toContain('unknown')
        }
      },
    ),
    { numRuns: 6 },
  )
})
