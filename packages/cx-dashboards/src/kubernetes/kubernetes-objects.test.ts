import { Ajv } from 'ajv'
import {
  availability,
  breach,
  catalog,
  days,
  feature,
  minutes,
  objective,
  operation,
  owner,
  percent,
  service,
  webApp,
} from 'cx-definition'
import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ruleFiles } from '../prometheus/rules.ts'
import { kubernetesArtifacts } from './kubernetes-objects.ts'
import { prometheusRuleArtifact } from './prometheus-rule.ts'
import { serviceMonitorArtifact } from './service-monitor.ts'

const platform = owner('platform', { title: '{{ "Platform" }}: #1' })
const read = operation('orders', 'GET', '/orders/{id}')
const longest = `o${'1'.repeat(63)}`
const orders = feature('orders', { owner: platform, operations: [read] })
const defined = catalog({
  owners: [platform],
  features: [orders],
  apps: [webApp('shop', { owner: platform, pages: ['/'] })],
  services: [service('orders', { owner: platform }), service('My "shop"', { owner: platform })],
  objectives: [
    objective(longest, {
      feature: orders,
      indicator: availability({ of: [read] }),
      target: percent(99.9),
      window: days(30),
      breaches: [breach({ below: percent(99), lasting: minutes(5) })],
    }),
  ],
})

const nowhere = {
  appsOf: () => [],
  grafanaUrl: undefined,
  runbookUrl: undefined,
  datadogUrl: undefined,
  customerDashboard: undefined,
  dashboardOf: () => undefined,
}
const files = ruleFiles(defined, { contacts: [], environments: ['production'] }, nowhere)
const objects = kubernetesArtifacts(defined, files, {
  namespace: 'monitoring',
  labels: { release: 'prometheus' },
  serviceNamespaces: ['default'],
  selectors: { 'My "shop"': { app: 'shop' } },
}).map(({ content, path }) => ({ path, object: parse(content) }))
const ofKind = (kind: string) => objects.filter(({ object }) => object.kind === kind)

const texts = { type: 'object', additionalProperties: { type: 'string' } }
const dnsName = { type: 'string', maxLength: 253, pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' }
const closed = (required: string[], properties: object) => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
})
const object = (kind: string, spec: object) =>
  closed(['apiVersion', 'kind', 'metadata', 'spec'], {
    apiVersion: { const: 'monitoring.coreos.com/v1' },
    kind: { const: kind },
    metadata: closed(['name', 'labels'], { name: dnsName, namespace: dnsName, labels: texts }),
    spec,
  })

// The fields and forms that the operator's own definitions allow, of those that are used here. kubectl refuses unknown ones.
const duration = {
  type: 'string',
  minLength: 1,
  pattern: '^(0|(\\d+y)?(\\d+w)?(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?)$',
}
const rule = {
  ...closed(['expr'], {
    alert: { type: 'string' },
    record: { type: 'string' },
    expr: { type: 'string' },
    for: duration,
    keep_firing_for: duration,
    labels: texts,
    annotations: texts,
  }),
  oneOf: [{ required: ['alert'] }, { required: ['record'] }],
}
const group = closed(['name', 'interval', 'rules'], {
  name: { type: 'string', minLength: 1 },
  interval: duration,
  rules: { type: 'array', minItems: 1, items: rule },
})
const list = (items: object) => ({ type: 'array', minItems: 1, items })
const schemas = {
  PrometheusRule: object('PrometheusRule', closed(['groups'], { groups: list(group) })),
  ServiceMonitor: object(
    'ServiceMonitor',
    closed(['selector', 'endpoints'], {
      selector: closed(['matchLabels'], { matchLabels: { ...texts, minProperties: 1 } }),
      namespaceSelector: closed(['matchNames'], { matchNames: list(dnsName) }),
      jobLabel: { type: 'string' },
      endpoints: list(
        closed(['port', 'path', 'interval'], {
          port: { type: 'string' },
          path: { type: 'string' },
          interval: duration,
        }),
      ),
    }),
  ),
}

test.for(['PrometheusRule', 'ServiceMonitor'] as const)(
  'every %s has the fields that the operator knows, and no other',
  (kind) => {
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schemas[kind])
    expect(ofKind(kind).length).toBeGreaterThan(1)
    for (const each of ofKind(kind)) {
      expect(validate(each.object) || validate.errors, each.path).toBe(true)
    }
  },
)

test('the rules are those of Prometheus’ own files, one object for each file', () => {
  const rules = ofKind('PrometheusRule').map((each) => each.object.spec.groups)
  expect(rules).toEqual(files.map(({ groups }) => JSON.parse(JSON.stringify(groups))))
})

test('no two objects of a kind and no two groups have one name', () => {
  for (const kind of ['PrometheusRule', 'ServiceMonitor']) {
    const names = ofKind(kind).map((each) => each.object.metadata.name)
    expect(new Set(names).size).toBe(names.length)
  }
  const groups = ofKind('PrometheusRule').flatMap((each) => each.object.spec.groups)
  expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length)
})

test('a service is scraped where its Service has its name, or the labels that the config gives', () => {
  const [first, second] = ofKind('ServiceMonitor').map((each) => each.object)
  expect(first.metadata).toMatchObject({ name: 'cx-orders', labels: { release: 'prometheus' } })
  expect(first.spec).toEqual({
    selector: { matchLabels: { 'app.kubernetes.io/name': 'orders' } },
    namespaceSelector: { matchNames: ['default'] },
    jobLabel: 'app.kubernetes.io/name',
    endpoints: [{ port: 'metrics', path: '/metrics', interval: '15s' }],
  })
  expect(second.spec.selector).toEqual({ matchLabels: { app: 'shop' } })
  expect(second.spec).not.toHaveProperty('jobLabel')
})

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

test('whatever a service is called, its monitor has a name, and another one than the next', () => {
  const nameOf = (name: string): string =>
    parse(serviceMonitorArtifact(service(name, { owner: platform }), {}).content).metadata.name
  assert(
    property(string({ unit: 'binary', maxLength: 100 }), (name) => {
      expect(nameOf(name)).toMatch(dnsLabel)
    }),
  )
  const similar = ['a b', 'a-b', 'a_b', 'A-b', 'a-b-', 'x'.repeat(80), 'x'.repeat(81)]
  expect(new Set(similar.map(nameOf)).size).toBe(similar.length)
  for (const name of similar) expect(nameOf(name)).toMatch(dnsLabel)
})

test('rules that the operator would refuse for their size are an error', () => {
  const groups = [{ name: 'cx', rules: [{ record: 'a', expr: '1'.repeat(512 * 1024) }] }]
  expect(() => prometheusRuleArtifact({ name: 'services', groups }, {})).toThrow(
    'kubernetes/services.prometheusrule.yaml would have',
  )
})
