import { expect, test } from 'vitest'
import {
  beacon,
  completed,
  entered,
  failure,
  startBeaconService,
  vital,
} from '../fixtures/beacon-service.ts'

test('a batch is counted in the service’s own store, without a customer', async () => {
  const { counted, post } = await startBeaconService()
  const { statusCode, body } = await post(
    beacon(
      { type: 'session', count: 1 },
      entered,
      completed,
      failure,
      { ...failure, type: 'error-session', count: 1 },
      vital,
      { ...vital, name: 'CLS', value: 0.02 },
    ),
  )
  expect([statusCode, body]).toEqual([204, ''])
  expect(counted()).toEqual([
    'cx_sessions_total signup-web 1',
    'cx_journey_steps_total signup-web self-signup account entered 1',
    'cx_journey_steps_total signup-web self-signup account completed 1',
    'cx_errors_total signup-web growth signup boundary 3',
    'cx_error_sessions_total signup-web growth signup boundary 1',
    'cx_journey_step_duration_seconds signup-web self-signup account 1',
    'cx_web_vital_seconds signup-web LCP /signup/account 2',
    'cx_web_layout_shift signup-web CLS /signup/account 2',
  ])
})

test('equal label sets share a series, and JSON comes under its own name as well', async () => {
  const { counted, post } = await startBeaconService()
  await post(beacon(entered))
  await post(beacon(entered), { headers: { 'content-type': 'application/json' } })
  expect(counted()).toEqual(['cx_journey_steps_total signup-web self-signup account entered 2'])
})

test('what is unowned is counted so', async () => {
  const { counted, post } = await startBeaconService()
  await post(beacon({ ...failure, owner: 'unowned', feature: 'none', source: 'error', count: 1 }))
  expect(counted()).toEqual(['cx_errors_total signup-web unowned none error 1'])
})

test('the reasons of refusals are there at 0 from the start', async () => {
  const { recorder } = await startBeaconService()
  const refusals = recorder.store.families.find(
    ({ instrument }) => instrument.name === 'cx_beacon_rejected_total',
  )
  expect([...refusals!.series].map(({ attributes }) => attributes.reason)).toEqual([
    'malformed',
    'unknown',
    'value',
    'origin',
    'rate',
  ])
})

test('the rest of a batch is taken where some of it cannot be', async () => {
  const { counted, post } = await startBeaconService()
  const { statusCode } = await post(
    beacon({ ...entered, step: 'password' }, entered, { ...entered, count: -1 }),
  )
  expect(statusCode).toBe(204)
  expect(counted()).toEqual([
    'cx_journey_steps_total signup-web self-signup account entered 1',
    'cx_beacon_rejected_total unknown 1',
    'cx_beacon_rejected_total value 1',
  ])
})

test('other methods find nothing', async () => {
  const { app } = await startBeaconService()
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE'] as const) {
    const headers = { 'sec-fetch-site': 'same-origin' }
    expect(await app.inject({ method, url: '/cx/beacon', headers })).toMatchObject({
      statusCode: 404,
    })
  }
})

test('the service’s own routes keep their parsers, errors and rates', async () => {
  const { app, post } = await startBeaconService()
  app.post('/own', async ({ body }) => body)
  for (let sent = 0; sent < 110; sent += 1) await post('')
  const own = (payload: string) =>
    app.inject({
      method: 'POST',
      url: '/own',
      payload,
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    })
  expect(await own('{"a":1}')).toMatchObject({ statusCode: 200, body: '{"a":1}' })
  expect((await own('{')).json()).toMatchObject({ code: 'FST_ERR_CTP_INVALID_JSON_BODY' })
})

test('a service that validates in its own way does not have to know of the beacon', async () => {
  const { app, post } = await startBeaconService()
  app.setValidatorCompiler(() => () => ({ error: new Error('unlike any schema of ours') }))
  app.setErrorHandler(async () => 'theirs')
  expect(await post(beacon(entered))).toMatchObject({ statusCode: 204 })
  expect(await post('{')).toMatchObject({ statusCode: 400, body: '' })
})

test('a beacon is no customer’s request, and no line of the log quotes one', async () => {
  const lines: string[] = []
  const logger = { level: 'trace', stream: { write: (line: string) => void lines.push(line) } }
  const { counted, post } = await startBeaconService({}, { logger })
  await post(beacon({ ...entered, step: 'canary' }))
  await post('{"canary": }')
  await post(`${'canary'.repeat(5000)}`)
  await post(beacon(entered), { headers: { 'sec-fetch-site': 'canary' } })
  expect(lines.join('\n')).not.toContain('canary')
  expect(counted().filter((line) => line.startsWith('cx_request'))).toEqual([])
})
