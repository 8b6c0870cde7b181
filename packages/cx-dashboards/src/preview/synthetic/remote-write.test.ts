import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { remoteWrite, uncompressedSnappy, writeRequest } from './remote-write.ts'

test('A request holds labels in their order and samples with milliseconds, byte for byte.', () => {
  const one = writeRequest([{ name: 'up', labels: { job: 'a', A: 'b' }, samples: [[1.5, 2]] }])
  // A value of 2 as a double ends in 0x40; 1500 is 0xdc 0x0b as a varint.
  const label = (name: string, value: string) =>
    `0a${hex(name.length + value.length + 4)}0a${hex(name.length)}${text(name)}12${hex(value.length)}${text(value)}`
  const inner = `${label('A', 'b')}${label('__name__', 'up')}${label('job', 'a')}120c09000000000000004010dc0b`
  expect(one.toString('hex')).toBe(`0a${hex(inner.length / 2)}${inner}`)
})

const hex = (value: number) => value.toString(16).padStart(2, '0')
const text = (value: string) => Buffer.from(value).toString('hex')

test('What is long goes into several literals of snappy.', () => {
  const packed = uncompressedSnappy(Buffer.alloc(65_537, 7))
  expect([...packed.subarray(0, 6)]).toEqual([0x81, 0x80, 0x04, 0xf4, 0xff, 0xff])
  expect([...packed.subarray(6 + 65_536)]).toEqual([0xf4, 0, 0, 7])
})

let close = async () => {}
afterEach(() => close())

test('A refusal is told in the words of Prometheus.', async () => {
  const server = createServer((_request, response) =>
    response.writeHead(400).end('out of bounds\n'),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  close = async () => {
    server.closeAllConnections()
    server.close()
  }
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const signal = new AbortController().signal
  const series = [{ name: 'up', labels: {}, samples: [] }]
  await expect(remoteWrite(`http://127.0.0.1:${port}`, series, signal)).rejects.toThrow(
    'Prometheus refused invented data: out of bounds',
  )
})
