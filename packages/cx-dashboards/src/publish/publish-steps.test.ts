import { expect, test } from 'vitest'
import type { Step } from '../plan/step.ts'
import { GrafanaError } from '../publishers/grafana-error.ts'
import { RulerError } from '../publishers/ruler-request.ts'
import type { Hope } from '../publishers/server-error.ts'
import { publishSteps } from './publish-steps.ts'
import { outcomeLines, summaryLine } from './publish-words.ts'

const step = (name: string, apply: () => Promise<string>, extra: Partial<Step> = {}): Step => ({
  target: 'Grafana',
  kind: 'dashboard',
  name,
  title: name,
  action: 'create',
  apply,
  ...extra,
})

const done = (name: string, extra?: Partial<Step>) => step(name, async () => 'created', extra)
const fails = (name: string, hope: Hope, extra?: Partial<Step>) =>
  step(name, () => Promise.reject(new GrafanaError(`${name} failed`, hope)), extra)

const quiet = { begin: () => undefined, end: () => undefined }

const summaryOf = async (...steps: Step[]) => summaryLine(await publishSteps(steps, quiet))

test('what is refused alone does not keep the others from being published', async () => {
  expect(await summaryOf(done('a'), fails('b', 'refused'), fails('c', 'changed'), done('d'))).toBe(
    '2 created; 2 not done: b, c',
  )
})

test('a server that lets nobody in, and a folder that is not made, end it', async () => {
  expect(await summaryOf(done('a'), fails('b', 'nothing'), done('c'))).toBe(
    '1 created; 2 not done (Grafana does not let us): b, c',
  )
  expect(await summaryOf(fails('f', 'refused', { kind: 'folder' }), done('c'))).toBe(
    'nothing done; 2 not done (its folder is not there): f, c',
  )
})

test('what ends one target keeps no other from being published', async () => {
  const ruler = { target: 'ruler', kind: 'rule group' } as const
  const refusing = step('g1', () => Promise.reject(new RulerError('unknown', 'nothing')), ruler)
  const later = (name: string) => fails(name, 'later')
  expect(
    await summaryOf(
      later('a'),
      refusing,
      later('b'),
      done('c'),
      done('g2', ruler),
      done('r1', { target: 'rules directory' }),
    ),
  ).toBe('1 created; 5 not done (Grafana does not answer; ruler does not let us): a, g1, b, c, g2')
})

test('what is no longer wanted and was not asked to go is counted, and not touched', async () => {
  expect(await summaryOf(done('a'), fails('b', 'refused', { action: 'stale' }))).toBe(
    '1 created, 1 left without --prune',
  )
})

test('two in a row without an answer end it, one does not', async () => {
  const later = (name: string) => fails(name, 'later')
  expect(await summaryOf(later('a'), done('b'), later('c'), done('d'))).toBe(
    '2 created; 2 not done: a, c',
  )
  expect(await summaryOf(later('a'), later('b'), done('c'), done('d', { action: 'same' }))).toBe(
    '1 equal; 3 not done (Grafana does not answer): a, b, c',
  )
})

test('an interruption ends it after the step in hand', async () => {
  const controller = new AbortController()
  const steps = [
    step('a', async () => {
      controller.abort()
      return 'created'
    }),
    done('b'),
  ]
  expect(summaryLine(await publishSteps(steps, quiet, controller.signal))).toBe(
    '1 created; 1 not done (interrupted): b',
  )
})

test('what a person changed is told in a few lines, with nothing in it that moves a cursor', async () => {
  const panels = Array.from({ length: 20 }, (_, id) => ({
    id,
    type: 'text',
    title: `P${id}\u001B[2J`,
  }))
  const conflict = fails('a', 'changed', {
    action: 'conflict',
    published: { title: 'A', panels: [] },
    live: { title: 'A', panels },
  })
  const [outcome] = await publishSteps([conflict], quiet)
  const lines = outcome ? outcomeLines(outcome) : []
  expect(lines[0]).toBe('not published dashboard a: a failed')
  expect(lines[1]).toMatch(/^ {2}they changed /)
  expect(lines).toHaveLength(10)
  expect(lines.at(-1)).toContain('more, which cx-dashboards diff shows')
  expect(lines.join('')).not.toMatch(/\p{Cc}/u)
})
