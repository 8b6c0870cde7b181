import { expect, test } from 'vitest'
import { catalog, type CatalogOptions } from './catalog.ts'
import { DefinitionError, type Problem } from './definition-error.ts'
import { days, milliseconds, seconds } from './duration.ts'
import { feature } from './feature.ts'
import { availability, latency } from './indicator.ts'
import { conventionalBounds } from './instrument.ts'
import { objective } from './objective.ts'
import { type HttpMethod, operation } from './operation.ts'
import { owner } from './owner.ts'
import { percent } from './percent.ts'
import { service } from './service.ts'

const platform = owner('platform')
const read = operation('some-service', 'GET', '/api/documents/:documentId')
const documents = feature('documents', { owner: platform, operations: [read] })

const available = objective('documents-availability', {
  feature: documents,
  indicator: availability({ of: [read] }),
  target: percent(99),
  window: days(30),
})

const fast = (within = milliseconds(300)) =>
  objective('documents-latency', {
    feature: documents,
    indicator: latency({ of: [read], within }),
    target: percent(99),
    window: days(30),
  })

const sound: CatalogOptions = { owners: [platform], features: [documents], objectives: [available] }

const problemsOf = (options: Partial<CatalogOptions>): readonly Problem[] => {
  try {
    catalog({ ...sound, ...options })
    return []
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems
    throw error
  }
}

const summary = (options: Partial<CatalogOptions>) =>
  problemsOf(options).map(({ code, path }) => `${code} ${path}`)

test('a sound catalog has the customer as its dimension and the conventional bounds', () => {
  const { dimension, durationBounds } = catalog(sound)
  expect(dimension).toEqual({ name: 'customer', pinned: [], limit: 100 })
  expect(durationBounds).toEqual(conventionalBounds)
})

test('every latency threshold becomes a bucket bound, in its place', () => {
  const { durationBounds } = catalog({ ...sound, objectives: [fast(milliseconds(300))] })
  expect(durationBounds).toEqual([...conventionalBounds, 0.3].toSorted((a, b) => a - b))
})

test('a threshold that is none of the chosen bounds is refused', () => {
  const options = { objectives: [fast(milliseconds(300))], durationBounds: [seconds(1)] }
  expect(summary(options)).toEqual(['CX_ERR_THRESHOLD objectives[0].indicator.within'])
})

test('all problems are told at once, each with its place and a remedy', () => {
  const stranger = owner('stranger')
  const orphan = feature('orphan', { owner: stranger })
  const problems = problemsOf({
    owners: [platform, owner('platform')],
    features: [documents, orphan],
    objectives: [{ ...available, target: percent(101) }, fast(milliseconds(0))],
  })
  expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'CX_ERR_DUPLICATE_NAME owners[1].name',
    'CX_ERR_UNKNOWN_OWNER features[1].owner',
    'CX_ERR_TARGET objectives[0].target',
    'CX_ERR_DURATION objectives[1].indicator.within',
  ])
  for (const { message, remedy } of problems) {
    expect(message).not.toBe('')
    expect(remedy).not.toBe('')
  }
})

test('the message of the error can be read by a person', () => {
  expect(() => catalog({ ...sound, owners: [] })).toThrowErrorMatchingInlineSnapshot(`
    [DefinitionError: 1 problem in the definition:
      features[0].owner: "platform" is not among the catalog's owners. Add it to owners, or use one of them. (CX_ERR_UNKNOWN_OWNER)]
  `)
})

test.for([
  ['a target of 0 %', { ...available, target: percent(0) }, 'CX_ERR_TARGET objectives[0].target'],
  [
    'a target of 100 %, which leaves no budget',
    { ...available, target: percent(100) },
    'CX_ERR_TARGET objectives[0].target',
  ],
  ['a window of no time', { ...available, window: days(0) }, 'CX_ERR_WINDOW objectives[0].window'],
  [
    'an indicator of nothing',
    { ...available, indicator: availability({ of: [] }) },
    'CX_ERR_EMPTY objectives[0].indicator.of',
  ],
  [
    'a feature of another catalog',
    { ...available, feature: feature('documents', { owner: platform }) },
    'CX_ERR_UNKNOWN_FEATURE objectives[0].feature',
  ],
] as const)('%s is refused', ([, objectiveOf, expected]) => {
  expect(summary({ objectives: [objectiveOf] })).toEqual([expected])
})

test.for([
  [
    operation('some-service', 'FETCH' as HttpMethod, '/'),
    'CX_ERR_METHOD features[0].operations[0].method',
  ],
  [
    operation('some-service', 'GET', 'api/documents'),
    'CX_ERR_ROUTE features[0].operations[0].route',
  ],
  [operation(' ', 'GET', '/'), 'CX_ERR_EMPTY features[0].operations[0].service'],
] as const)('the operation %o is refused', ([wrong, expected]) => {
  const features = [feature('documents', { owner: platform, operations: [wrong] })]
  expect(summary({ features, objectives: [] })).toEqual([expected])
})

test.for(['', 'Growth', 'a b', 'a"b', '{{x}}', 'naïve', '-a', 'a-', 'x'.repeat(65)])(
  'the name %j is refused, whatever it would do to PromQL or YAML',
  (name) => {
    expect(summary({ owners: [platform, owner(name)] })).toEqual(['CX_ERR_NAME owners[1].name'])
  },
)

test.for([
  [{ name: 'availability zone' }, 'CX_ERR_DIMENSION dimension.name'],
  [{ name: 'outcome' }, 'CX_ERR_DIMENSION dimension.name'],
  [{ name: 'http_route' }, 'CX_ERR_DIMENSION dimension.name'],
  [{ name: 'le' }, 'CX_ERR_DIMENSION dimension.name'],
  [{ name: 'environment' }, 'CX_ERR_DIMENSION dimension.name'],
  [{ name: '__name__' }, 'CX_ERR_DIMENSION dimension.name'],
  [{ pinned: ['contoso', 'other'] }, 'CX_ERR_DIMENSION dimension.pinned[1]'],
  [{ pinned: ['a"b\n'] }, 'CX_ERR_DIMENSION dimension.pinned[0]'],
  [{ limit: -1 }, 'CX_ERR_DIMENSION dimension.limit'],
  [{ limit: 1.5 }, 'CX_ERR_DIMENSION dimension.limit'],
] as const)('the dimension %o is refused', ([dimension, expected]) => {
  expect(summary({ dimension })).toEqual([expected])
})

test('jobs have names, each once, whatever they are', () => {
  const services = (jobs: readonly string[]) => [service('api', { owner: platform, jobs })]
  expect(summary({ services: services(['mail "all"', 'nightly-export']) })).toEqual([])
  expect(summary({ services: services(['a', ' ', 'a', '\uD800']) })).toEqual([
    'CX_ERR_DUPLICATE_NAME services[0].jobs[2]',
    'CX_ERR_NAME services[0].jobs[1]',
    'CX_ERR_NAME services[0].jobs[3]',
  ])
})

test('bounds must be positive, and there must be one', () => {
  expect(summary({ durationBounds: [] })).toEqual(['CX_ERR_BOUNDS durationBounds'])
  expect(summary({ durationBounds: [seconds(1), seconds(-1)] })).toEqual([
    'CX_ERR_DURATION durationBounds[0]',
  ])
})
