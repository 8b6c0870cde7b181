import { expect, test } from 'vitest'
import { createOutlet } from './outlet.ts'
import type { OwnedError, Sink } from './sink.ts'

const event = (name: number) => ({ fingerprint: String(name) }) as OwnedError

const opened = (sink: Partial<Sink> = {}) => {
  const told: string[] = []
  const outlet = createOutlet({
    name: 'test',
    needsConsent: true,
    send: ({ fingerprint }) => void told.push(fingerprint),
    stop: () => void told.push('stop'),
    ...sink,
  })
  return { told, outlet }
}

test('what comes before a sink is open is kept, the first hundred, and delivered in order', () => {
  const { outlet, told } = opened()
  for (let index = 0; index < 200; index += 1) outlet.send(event(index))
  expect(told).toEqual([])
  outlet.open()
  outlet.send(event(1000))
  expect(told).toEqual([...Array.from({ length: 100 }, (_, index) => String(index)), '1000'])
})

test('a sink that starts late gets what waited, in order', async () => {
  const start = Promise.withResolvers<void>()
  const { outlet, told } = opened({ start: () => start.promise })
  outlet.send(event(1))
  outlet.open()
  outlet.send(event(2))
  expect(told).toEqual([])
  start.resolve()
  await expect.poll(() => told).toEqual(['1', '2'])
})

test('a sink that is closed forgets, and begins anew when it is opened again', () => {
  const { outlet, told } = opened()
  outlet.send(event(1))
  outlet.close()
  outlet.send(event(2))
  outlet.open()
  outlet.send(event(3))
  outlet.close()
  outlet.send(event(4))
  expect(told).toEqual(['3', 'stop'])
})

test('a sink that is closed while it starts is stopped once it has, and gets nothing', async () => {
  const start = Promise.withResolvers<void>()
  const { outlet, told } = opened({ start: () => start.promise })
  outlet.open()
  outlet.send(event(1))
  outlet.close()
  start.resolve()
  await expect.poll(() => told).toEqual(['stop'])
  outlet.send(event(2))
  expect(told).toEqual(['stop'])
})

test.for<[string, Partial<Sink>]>([
  ['throws when it starts', { start: () => fail() }],
  ['rejects when it starts', { start: async () => fail() }],
  ['throws', { send: () => fail() }],
  ['rejects', { send: async () => fail() }],
  ['never answers', { send: () => new Promise(() => {}) }],
  ['never starts', { start: () => new Promise(() => {}) }],
  ['throws when it stops', { stop: () => fail() }],
  [
    'gives a promise that throws',
    // oxlint-disable-next-line unicorn/no-thenable
    { send: () => ({ then: () => fail() }) as unknown as Promise<void> },
  ],
])('a sink that %s is noticed by nobody', async ([, sink]) => {
  const { outlet } = opened(sink)
  outlet.open()
  outlet.send(event(1))
  outlet.close()
  // Vitest fails a test on a rejection that nobody handled.
  await new Promise((resolve) => setTimeout(resolve, 10))
})

const fail = (): never => {
  throw new Error('the sink is broken')
}

test('what a person came to waits as errors do, in its order, and is forgotten as they are', () => {
  const told: string[] = []
  const action = (name: string) => void told.push(name)
  const { outlet } = opened({ action, send: ({ fingerprint }) => void told.push(fingerprint) })
  outlet.act('signup: account entered')
  outlet.send(event(1))
  expect(told).toEqual([])
  outlet.open()
  outlet.act('signup: account completed')
  expect(told).toEqual(['signup: account entered', '1', 'signup: account completed'])
  outlet.close()
  outlet.act('signup: confirm entered')
  expect(told.slice(3)).toEqual([])
})

test('a sink that knows no actions, or throws at one, goes on', () => {
  const without = opened()
  const throwing = opened({
    action: () => {
      throw new Error('no')
    },
  })
  for (const { outlet, told } of [without, throwing]) {
    outlet.open()
    outlet.act('signup: account entered')
    outlet.send(event(1))
    expect(told).toEqual(['1'])
  }
})
