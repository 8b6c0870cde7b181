import { catalog, owner, service } from 'cx-definition'
import { expect, test } from 'vitest'
import { type Kubernetes, kubernetesProblems } from './kubernetes.ts'

const platform = owner('platform')
const defined = catalog({
  owners: [platform],
  features: [],
  services: [service('orders', { owner: platform }), service('My shop', { owner: platform })],
})

const selectors = { 'My shop': { app: 'shop' } }
const problemsOf = (kubernetes: Kubernetes) =>
  kubernetesProblems('kubernetes', { selectors, ...kubernetes }, defined).map(
    ({ code, path }) => `${code} ${path}`,
  )

test('what Kubernetes takes is taken', () => {
  expect(
    problemsOf({
      namespace: 'monitoring',
      labels: { release: 'kube-prometheus', 'example.com/team': '', 'a_b.c': 'X.y_z' },
      serviceNamespaces: ['default', 'a'.repeat(63)],
    }),
  ).toEqual([])
})

test.for([
  [{ namespace: 'Monitoring' }, 'CX_ERR_NAME kubernetes.namespace'],
  [{ namespace: '' }, 'CX_ERR_NAME kubernetes.namespace'],
  [{ namespace: 'a'.repeat(64) }, 'CX_ERR_NAME kubernetes.namespace'],
  [{ serviceNamespaces: ['ok', 'a.b'] }, 'CX_ERR_NAME kubernetes.serviceNamespaces[1]'],
  [{ labels: { release: 'a b' } }, 'CX_ERR_NAME kubernetes.labels'],
  [{ labels: { release: 'x'.repeat(64) } }, 'CX_ERR_NAME kubernetes.labels'],
  [{ labels: { 'a/b/c': 'x' } }, 'CX_ERR_NAME kubernetes.labels'],
  [{ labels: { '/b': 'x' } }, 'CX_ERR_NAME kubernetes.labels'],
  [{ labels: { '': 'x' } }, 'CX_ERR_NAME kubernetes.labels'],
  [{ labels: { '{{': 'x' } }, 'CX_ERR_NAME kubernetes.labels'],
] as const)('%j is refused', ([kubernetes, problem]) => {
  expect(problemsOf(kubernetes)).toEqual([problem])
})

test('a selector must be for a service that is there, and select something', () => {
  expect(problemsOf({ selectors: { ...selectors, ordres: { app: 'orders' } } })).toEqual([
    'CX_ERR_NAME kubernetes.selectors',
  ])
  expect(problemsOf({ selectors: { 'My shop': {} } })).toEqual([
    'CX_ERR_EMPTY kubernetes.selectors["My shop"]',
  ])
})

test('a service whose name is no label’s value needs a selector', () => {
  const [problem] = kubernetesProblems('kubernetes', {}, defined)
  expect(problem).toMatchObject({ code: 'CX_ERR_NAME', path: 'kubernetes.selectors' })
  expect(problem?.remedy).toContain('selectors: { "My shop": { app: \'…\' } }')
})
