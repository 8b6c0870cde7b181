import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import {
  type FakeDatadog,
  startFakeDatadog,
} from '../../packages/cx-dashboards/fakes/fake-datadog/fake-datadog.ts'
import { startFakeDatadogEvents } from '../../packages/cx-dashboards/fakes/fake-datadog-events.ts'
import { startFakeSentry } from './fake-sentry.ts'

// What docs/datadog-shadow.md says, done in its order as a user would, but for `npm install`.
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

let folder: string
let page: readonly string[]

/** Blocks of a language, without their fences. */
const blocks = (language: string): string[] =>
  page
    .filter((text) => text.startsWith(`${language}\n`))
    .map((text) => text.slice(language.length + 1))

beforeAll(async () => {
  page = (await readFile(path('../../docs/datadog-shadow.md'), 'utf8')).split('```')
  // Inside the repository, so that a config finds the packages by name.
  folder = await mkdtemp(path('../.datadog-shadow-'))
  await mkdir(join(folder, 'bin'))
  const named = [...blocks('ts'), ...blocks('js')].map((text): [string, string] => [
    /^\/\/ (\S+)\n/.exec(text)?.[1] ?? '',
    text,
  ])
  const files = [
    ...named,
    ['dd-api-key', 'secret-api\n'],
    ['dd-app-key', 'secret-app\n'],
    ['sentry-token', 'secret-sentry\n'],
    [
      'bin/cli.mjs',
      `import { main } from ${JSON.stringify(path('../../packages/cx-dashboards/src/cli.ts'))}
       process.exitCode = await main(process.argv.slice(3))`,
    ],
    // The command of the page, from its sources.
    [
      'bin/npx',
      `#!/bin/sh\nexec "${process.execPath}" --conditions=cx-source "$(dirname "$0")/cli.mjs" "$@"\n`,
    ],
  ] as const
  for (const [name, content] of files) await writeFile(join(folder, name), content)
  await chmod(join(folder, 'bin/npx'), 0o755)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A block of the page line by line; what it exports is there for later blocks. */
const session = (env: Readonly<Record<string, string>>) => {
  const exported: string[] = []
  return async (block: string | undefined) => {
    const runs: { readonly command: string; readonly code: number; readonly said: string }[] = []
    for (const command of (block ?? '').trim().split('\n')) {
      if (command.startsWith('export ')) exported.push(command)
      else runs.push({ command, ...(await inShell([...exported, command].join('\n'), env)) })
    }
    return runs
  }
}

const inShell = async (script: string, env: Readonly<Record<string, string>>) => {
  const child = spawn('bash', ['-c', script], {
    cwd: folder,
    env: { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (data: Buffer) => (said += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  const [code] = await once(child, 'close')
  expect(said).not.toContain('secret-')
  return { code: code as number, said }
}

/** What time does meanwhile: monitors were made long ago. */
const grownOld = ({ store }: FakeDatadog): void => {
  for (const [id, monitor] of store.monitor) {
    store.monitor.set(id, { ...monitor, created: '2026-10-30T09:00:00Z' })
  }
}

const messages = ({ store }: FakeDatadog): readonly string[] =>
  [...store.monitor.values()].map(({ message }) => String(message))

test(
  'the page leads from Sentry to Datadog and back, command by command',
  { timeout: 240_000 },
  async () => {
    const upstream = await startFakeDatadog({ apiKey: 'secret-api', appKey: 'secret-app' })
    onTestFinished(upstream.close)
    const datadog = await startFakeDatadogEvents(upstream.url)
    onTestFinished(datadog.close)
    const sentry = await startFakeSentry('secret-sentry', {
      '11': [
        firing(
          '2026-11-03T09:58:21Z',
          '101',
          "TypeError: Cannot read properties of undefined (reading 'plan')",
        ),
        firing(
          '2026-11-03T10:21:40Z',
          '101',
          "TypeError: Cannot read properties of undefined (reading 'plan')",
        ),
        firing('2026-11-05T22:14:03Z', '102', 'Error: "offline", says the browser'),
      ],
      '12': [firing('2026-11-10T14:03:00Z', '103', 'ChunkLoadError: Loading chunk 7 failed')],
      '13': [],
    })
    onTestFinished(sentry.close)
    const run = session({ DD_API_URL: datadog.url, SENTRY_URL: sentry.url })
    const [install, shadow, exportAlerts, report, primary, back, ...others] = blocks('sh')
    expect(others).toEqual([])
    expect(install).toMatch(/^(npm install .*\n)+$/)

    expect(await run(shadow)).toMatchObject([
      { code: 2, said: expect.stringContaining('growth-browser-errors') },
      { code: 0, said: expect.stringMatching(/\n\d+ created\n$/) },
    ])
    expect(messages(upstream).length).toBeGreaterThan(0)
    expect(messages(upstream).join()).not.toContain('@')

    grownOld(upstream)
    const [id] = [...upstream.store.monitor.keys()]
    for (const [time, state] of [
      ['2026-11-03T10:06:00Z', 'Alert'],
      ['2026-11-03T11:11:00Z', 'OK'],
      ['2026-11-12T03:40:00Z', 'Alert'],
      ['2026-11-12T03:55:00Z', 'OK'],
    ] as const) {
      datadog.events.push({
        monitor: Number(id),
        at: new Date(time),
        before: state === 'OK' ? 'Alert' : 'OK',
        state,
        transition: state === 'OK' ? 'alert recovery' : 'alert',
        groups: ['service:signup-web'],
      })
    }
    expect(await run(exportAlerts)).toMatchObject([{ code: 0, said: '' }])
    expect((await readFile(join(folder, 'sentry.csv'), 'utf8')).trim().split('\n')).toHaveLength(5)

    const before = upstream.requests.length
    expect(await run(report)).toEqual([
      { command: report?.trim(), code: 0, said: blocks('text')[0] },
    ])
    expect(upstream.requests.slice(before).filter((each) => !each.startsWith('GET '))).toEqual([])

    expect(await run(primary)).toMatchObject([
      { code: 2, said: expect.stringContaining('@slack-growth-alerts') },
      { code: 0, said: expect.stringContaining(' updated') },
    ])
    expect(messages(upstream).join()).toContain('@slack-growth-alerts')

    expect(await run(back)).toMatchObject([{ code: 0, said: expect.stringContaining(' updated') }])
    expect(messages(upstream).join()).not.toContain('@')
    expect([...upstream.store.monitor.keys()][0]).toBe(id)
  },
)

const firing = (at: string, issue: string, title: string) => ({ at: new Date(at), issue, title })
