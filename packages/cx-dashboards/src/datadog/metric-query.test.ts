import {
  availability,
  catalog,
  completion,
  feature,
  journey,
  latency,
  milliseconds,
  operation,
  type OperationFilter,
  owner,
  requestDuration,
  requests,
  webApp,
} from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countQuery, durationQuery, tagFilter, tagValue, variableFilter } from './metric-query.ts'

const read = operation('docs', 'GET', '/api/documents/:documentId')
const write = operation('docs', 'PUT', '/api/documents/')
const scope = {
  dimension: 'customer',
  filters: [tagFilter('deployment.environment.name', ['production'])],
}

test('an availability counts what did not fail, of one operation or of several', () => {
  const one = availability({ of: [read] })
  expect(countQuery(one.total, scope)).toBe(
    'sum:cx_requests_total{env:production AND service:docs AND http.request.method:get AND http.route:/api/documents/:documentid}.as_count()',
  )
  const several = availability({ of: [read, write] })
  expect(countQuery(several.good, scope, ['cx.dimension'])).toBe(
    'sum:cx_requests_total{env:production AND ((service:docs AND http.request.method:get AND http.route:/api/documents/:documentid) OR (service:docs AND http.request.method:put AND http.route:/api/documents/)) AND outcome NOT IN (server_error)} by {customer}.as_count()',
  )
})

test('routes of one method stand together, and what narrows nothing selects all', () => {
  const other = operation('docs', 'GET', '/api/documents/')
  const [unnamed, all] = [{ service: 'docs' }, {}]
  const query = (...of: readonly OperationFilter[]) =>
    countQuery({ instrument: requests, operations: of, where: [] }, scope)
  expect(query(read, other)).toBe(
    'sum:cx_requests_total{env:production AND service:docs AND http.request.method:get AND http.route IN (/api/documents/:documentid,/api/documents/)}.as_count()',
  )
  expect(query(read, unnamed)).toContain('OR (service:docs))')
  expect(query(read, all)).toBe('sum:cx_requests_total{env:production}.as_count()')
})

test('a long route is asked for as far as its tag is kept, with key and colon', () => {
  const long = operation('docs', 'GET', `/${'a'.repeat(250)}`)
  const query = countQuery(availability({ of: [long] }).total, scope)
  const [tag = ''] = /http\.route:[^} ]*/.exec(query) ?? []
  expect(tag).toHaveLength(200)
})

test('a latency counts what a distribution holds below the threshold', () => {
  const { good, total } = latency({ of: [read], within: milliseconds(200) })
  const where =
    '{env:production AND service:docs AND http.request.method:get AND http.route:/api/documents/:documentid AND outcome:success}'
  expect(countQuery(good, scope)).toBe(
    `count(v: v<=0.2):cx_request_duration_seconds${where}.as_count()`,
  )
  expect(countQuery(total, scope)).toBe(`count:cx_request_duration_seconds${where}.as_count()`)
  expect(
    durationQuery('p95', total, { dimension: 'customer', filters: [variableFilter('env')] }),
  ).toBe(
    'p95:cx_request_duration_seconds{$env AND service:docs AND http.request.method:get AND http.route:/api/documents/:documentid AND outcome:success}',
  )
})

test('a journey’s steps come through any service', () => {
  const growth = owner('growth')
  const signup = feature('signup', { owner: growth })
  const app = webApp('signup-web', { owner: growth, pages: ['/'] })
  const steps = journey('signup', { feature: signup, app, steps: ['account'] })
  catalog({ owners: [growth], features: [signup], apps: [app], journeys: [steps] })
  expect(countQuery(completion({ of: steps }).total, scope)).toBe(
    'sum:cx_journey_steps_total{env:production AND app:signup-web AND journey:signup AND event IN (completed,failed)}.as_count()',
  )
})

test('counts that are put together stay one term', () => {
  const total = { instrument: requests, operations: [{}], where: [] }
  const both = { ...total, less: { ...total, instrument: requestDuration } }
  const everything = { dimension: 'customer', filters: [] }
  expect(countQuery(both, everything)).toBe(
    '(sum:cx_requests_total{*}.as_count() - count:cx_request_duration_seconds{*}.as_count())',
  )
})

test('status codes are compared by how they begin', () => {
  const where = [{ attribute: 'http.response.status_code', startsWithNoneOf: ['4', '5'] }]
  expect(countQuery({ instrument: requests, operations: [{}], where }, scope)).toBe(
    'sum:cx_requests_total{env:production AND NOT (http.response.status_code:4* OR http.response.status_code:5*)}.as_count()',
  )
})

test('a value is asked for as Datadog stores it', () => {
  expect(tagValue('Acme GmbH & Co. KG')).toBe('acme_gmbh_co._kg')
  expect(tagValue('/api/{documentId}/')).toBe('/api/_documentid_/')
  expect(tagValue('Zürich')).toBe('zürich')
  expect(tagValue('a:b,c*')).toBe('a:b_c')
  expect(tagValue('x'.repeat(300))).toHaveLength(200)
})

test('nothing of a value is left that would be syntax', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const stored = tagValue(value)
      expect(stored).toMatch(/^[\p{L}\p{N}_\-:./]*$/u)
      expect(tagValue(stored)).toBe(stored)
    }),
  )
})
