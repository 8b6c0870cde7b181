import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { beacon, entered, startBeaconService } from '../fixtures/beacon-service.ts'

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
const inEnvelope = (events: string) => `{"v":1,"app":"signup-web","events":${events}}`

test.for([
  ['nothing', '', 400],
  ['no JSON', 'hello', 400],
  ['NaN', inEnvelope('[{"type":"session","count":NaN}]'), 400],
  ['no object', '[]', 400],
  ['null', 'null', 400],
  ['another version', beacon(entered).replace('"v":1', '"v":2'), 400],
  ['a version as text', beacon(entered).replace('"v":1', '"v":"1"'), 400],
  ['no app', '{"v":1,"events":[]}', 400],
  ['an app that is no text', '{"v":1,"app":{},"events":[]}', 400],
  ['events that are no list', inEnvelope('{"length":1}'), 400],
  ['an event that is none', inEnvelope('[null]'), 400],
  ['51 events', beacon(...Array.from({ length: 51 }, () => entered)), 400],
  ['10,000 events', beacon(...Array.from({ length: 10_000 }, () => entered)), 413],
  ['10 MB', 'x'.repeat(10_000_000), 413],
  ['JSON 8,000 deep', inEnvelope(nested(8000)), 400],
  ['a poisoned prototype', inEnvelope('[{"__proto__":{"type":"session"}}]'), 400],
  ['a poisoned constructor', inEnvelope('[{"constructor":{"prototype":{}}}]'), 400],
] as const)('a body with %s is refused whole', async ([, body, expected]) => {
  const { counted, post } = await startBeaconService({}, { bodyLimit: 20_000_000 })
  const { body: answer, statusCode } = await post(body)
  expect([statusCode, answer]).toEqual([expected, ''])
  expect(counted()).toEqual(['cx_beacon_rejected_total malformed 1'])
})

test('a deep value in an event is a wrong value', async () => {
  const { counted, post } = await startBeaconService()
  await post(beacon({ ...entered, step: '@' }).replace('"@"', nested(7000)))
  expect(counted()).toEqual(['cx_beacon_rejected_total unknown 1'])
})

test('of a key that comes twice the last counts', async () => {
  const { counted, post } = await startBeaconService()
  await post(inEnvelope('[{"type":"vital","type":"session","count":9,"count":1}]'))
  expect(counted()).toEqual(['cx_sessions_total signup-web 1'])
})

test('bytes that are no UTF-8 are an unknown name', async () => {
  const { counted, post } = await startBeaconService()
  const body = Buffer.from(beacon({ ...entered, step: 'accoun?' }))
  body[body.indexOf('?')] = 0xff
  await post(body)
  expect(counted()).toEqual(['cx_beacon_rejected_total unknown 1'])
})

test.for([
  ['packed', { 'content-encoding': 'gzip' }],
  ['packed twice', { 'content-encoding': 'gzip, gzip' }],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }],
] as const)('a body that is %s is refused unread', async ([, headers]) => {
  const { app, counted, post } = await startBeaconService()
  app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null, {}))
  const bomb = gzipSync(Buffer.alloc(10_000_000, '{'))
  expect(await post(bomb.subarray(0, 15_000), { headers })).toMatchObject({ statusCode: 415 })
  expect(counted()).toEqual(['cx_beacon_rejected_total malformed 1'])
})

test('10 MB over a socket are cut off', async () => {
  const { app, counted } = await startBeaconService()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  // A reset: nobody reads the rest.
  socket.on('error', () => {})
  socket.write(
    `POST /cx/beacon HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: http://127.0.0.1:${port}\r\n` +
      'content-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n',
  )
  const closed = new Promise((resolve) => void socket.once('close', resolve))
  const part = 'x'.repeat(0x10000)
  let sent = 0
  while (sent < 160 && socket.writable) {
    socket.write(`10000\r\n${part}\r\n`)
    sent += 1
    await sleep(1)
  }
  await closed
  expect(sent).toBeLessThan(100)
  expect(counted()).toEqual(['cx_beacon_rejected_total malformed 1'])
})
