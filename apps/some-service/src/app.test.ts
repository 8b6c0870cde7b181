import { expect, test } from 'vitest'
import catalog from 'sample-catalog/catalog'
import { appWithoutWaiting } from './testing.ts'

test('The description names every route the service has', async () => {
  const { app } = await appWithoutWaiting()
  const { paths } = (await app.inject('/openapi.json')).json()
  const described = Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(described.toSorted()).toEqual([
    'DELETE /breakage',
    'GET /api/account',
    'GET /api/documents/',
    'GET /api/documents/{documentId}',
    'GET /api/signup',
    'GET /breakage',
    'GET /health/live',
    'GET /health/ready',
    'GET /openapi.json',
    'POST /api/account/welcomed',
    'POST /api/signup/account',
    'POST /api/signup/company',
    'POST /api/signup/confirm',
    'POST /api/signup/password',
    'PUT /api/account/password',
    'PUT /api/documents/',
    'PUT /breakage',
  ])
})

test('The description names every status an operation may answer', async () => {
  const { app } = await appWithoutWaiting()
  const { paths } = (await app.inject('/openapi.json')).json()
  const statuses = (path: string, method: string) => Object.keys(paths[path][method].responses)
  expect(statuses('/api/documents/{documentId}', 'get')).toEqual([
    '200',
    '400',
    '401',
    '404',
    '500',
  ])
  expect(statuses('/api/documents/', 'put')).toEqual(['200', '400', '403', '409', '500'])
})

test('The catalog asks for operations that the service has', async () => {
  const { app } = await appWithoutWaiting()
  const operations = catalog.features
    .flatMap((feature) => feature.operations)
    .filter(({ service }) => service === 'some-service')
  expect(operations.length).toBeGreaterThan(0)
  for (const { method = 'GET', route = '/' } of operations) {
    expect(app.hasRoute({ method, url: route }), `${method} ${route}`).toBe(true)
  }
})

test('Answers probes', async () => {
  const { app } = await appWithoutWaiting()
  expect((await app.inject('/health/live')).json()).toEqual({ status: 'live' })
  expect((await app.inject('/health/ready')).json()).toEqual({ status: 'ready' })
})
