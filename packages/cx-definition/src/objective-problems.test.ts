import { expect, test } from 'vitest'
import { breach } from './breach.ts'
import { catalog, type CatalogOptions } from './catalog.ts'
import { DefinitionError, type Problem } from './definition-error.ts'
import { days, hours, minutes } from './duration.ts'
import { feature } from './feature.ts'
import { availability, completion } from './indicator.ts'
import { journey } from './journey.ts'
import { objective, type ObjectiveOptions } from './objective.ts'
import { operation } from './operation.ts'
import { owner } from './owner.ts'
import { percent } from './percent.ts'
import { service } from './service.ts'
import { perHour } from './traffic.ts'
import { webApp } from './web-app.ts'

const platform = owner('platform')
const read = operation('api', 'GET', '/read')
const reading = feature('reading', { owner: platform, operations: [read] })
const app = webApp('web', { owner: platform, pages: ['/'] })
const signup = journey('signup', { app, feature: reading, steps: ['one'] })

const problemsOf = (
  changed: Partial<ObjectiveOptions>,
  options: Partial<CatalogOptions> = {},
): readonly Problem[] => {
  const indicator = availability({ of: [read] })
  const usual = { feature: reading, indicator, target: percent(99.9), window: days(30) }
  try {
    catalog({
      owners: [platform],
      features: [reading],
      apps: [app],
      journeys: [signup],
      objectives: [objective('reading', { ...usual, ...changed })],
      ...options,
    })
    return []
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems
    throw error
  }
}

test('traffic, breaches and a runbook are in order', () => {
  const breaches = [breach({ below: percent(99), lasting: minutes(5), severity: 'page' })]
  const runbook = 'https://runbooks.example.com/reading?page=1#first'
  expect(problemsOf({ traffic: perHour(0.5), breaches, runbook })).toEqual([])
})

test.for([
  [{ target: percent(0) }, 'CX_ERR_TARGET', 'target'],
  [{ target: percent(100) }, 'CX_ERR_TARGET', 'target'],
  [{ target: percent(101) }, 'CX_ERR_TARGET', 'target'],
  [{ window: hours(1) }, 'CX_ERR_WINDOW', 'window'],
  [{ window: days(730) }, 'CX_ERR_WINDOW', 'window'],
  [{ traffic: perHour(0) }, 'CX_ERR_TRAFFIC', 'traffic'],
  [{ traffic: perHour(-1) }, 'CX_ERR_TRAFFIC', 'traffic'],
  [{ traffic: perHour(Number.NaN) }, 'CX_ERR_TRAFFIC', 'traffic'],
  [{ traffic: perHour(Number.POSITIVE_INFINITY) }, 'CX_ERR_TRAFFIC', 'traffic'],
  [{ runbook: 'javascript:alert(1)' }, 'CX_ERR_URL', 'runbook'],
  [{ runbook: 'https://me:secret@example.com' }, 'CX_ERR_URL', 'runbook'],
  [
    { breaches: [breach({ below: percent(99), lasting: minutes(1) })] },
    'CX_ERR_BREACH',
    'breaches[0].lasting',
  ],
  [
    {
      indicator: completion({ of: signup }),
      breaches: [breach({ below: percent(99), lasting: minutes(5), severity: 'page' })],
    },
    'CX_ERR_BREACH',
    'breaches[0].severity',
  ],
] as const)('%o is refused, with a remedy', ([changed, code, field]) => {
  const [problem, ...others] = problemsOf(changed)
  expect(problem).toMatchObject({ code, path: `objectives[0].${field}` })
  expect(problem?.remedy).not.toBe('')
  expect(others).toEqual([])
})

test('what browsers tell may be a ticket', () => {
  const breaches = [breach({ below: percent(99), lasting: minutes(5) })]
  expect(problemsOf({ indicator: completion({ of: signup }), breaches })).toEqual([])
})

test.for([
  [[service('api', { owner: platform })], []],
  [[service('Ünï "code" {{x}}', { owner: platform })], []],
  [[service(' ', { owner: platform })], ['CX_ERR_EMPTY services[0].service']],
  [[service('cut\uD800', { owner: platform })], ['CX_ERR_NAME services[0].service']],
  [[service('cut\uFFFD', { owner: platform })], ['CX_ERR_NAME services[0].service']],
  [[service('api', { owner: owner('gone') })], ['CX_ERR_UNKNOWN_OWNER services[0].owner']],
  [
    [service('api', { owner: platform }), service('api', { owner: platform })],
    ['CX_ERR_DUPLICATE_NAME services[1].name'],
  ],
] as const)('the services %o', ([services, expected]) => {
  const found = problemsOf({}, { services })
  expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(expected)
})
