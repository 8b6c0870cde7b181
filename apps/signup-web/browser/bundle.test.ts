import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copy } from '../src/copy.ts'
import { names } from '../src/names.ts'
import { buildInto } from './running-app.ts'

let folder: string
const files = new Map<string, string>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signup-web-'))
  buildInto(folder)
  for (const file of await readdir(folder, { recursive: true })) {
    if (/\.(css|html|js)$/.test(file)) files.set(file, await readFile(join(folder, file), 'utf8'))
  }
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What a page loads before anybody has said yes to anything. */
const loadedAtOnce = (page: string): string => {
  const html = files.get(page) as string
  return [...html.matchAll(/assets\/[\w.-]+\.js/g)].map(([file]) => files.get(file) ?? '').join('')
}

const ofTrackers = ['datadoghq', 'sessionReplaySampleRate', 'sentry.io', 'beforeSend']
const ofTheGenerator = ['objective', 'runbook', 'receiver', 'burn rate', 'Documents are available']
const ofServices = ['opentelemetry', 'cx_requests_total', 'node:fs', 'node:crypto', 'argon2']

test.each(['index.html', 'product.html'])(
  '%s loads neither a tracker’s SDK nor what only the generator or a service needs',
  (page) => {
    const code = loadedAtOnce(page)
    // Only what was found is told: the code is half a megabyte.
    const found = (words: readonly string[]) => words.filter((word) => code.includes(word))
    expect(found([copy.brand, 'growth', '/cx/beacon'])).toHaveLength(3)
    expect(found([...ofTrackers, ...ofTheGenerator, ...ofServices])).toEqual([])
  },
)

test('every class in the style sheet is declared static', () => {
  const css = [...files].filter(([file]) => file.endsWith('.css')).map(([, text]) => text)
  const classes = new Set(
    css
      .join('')
      .match(/\.[a-z][\w-]*(?=[^{}]*\{)/g)
      ?.map((name) => name.slice(1)),
  )
  expect(classes.size).toBeGreaterThan(25)
  expect([...classes].filter((name) => !names.includes(name))).toEqual([])
})
