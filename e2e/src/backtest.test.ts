import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { DashboardSet } from 'cx-dashboards'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { chromiumArguments, findChromium, howToGetChromium } from '../../scripts/stack/chromium.ts'
import { startFailing } from './failing-prometheus.ts'
import { writeBlocks } from './made-history.ts'
import {
  config,
  everySeconds,
  excluded,
  history,
  hour,
  hours,
  isBad,
  isoOf,
  minute,
  oneCustomers,
  outage,
  scrapes,
  silence,
  slowBurn,
  start,
  within,
} from './made-outages.ts'
import { startPrometheus } from './own-prometheus.ts'
import { promtoolAgrees } from './promtool-agrees.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
let folder: string

beforeAll(async () => {
  // Inside the repository, so that a config finds the packages by name.
  folder = await mkdtemp(path('../.backtest-'))
  await Promise.all([
    writeFile(join(folder, 'today.config.ts'), config(99.9)),
    writeFile(join(folder, 'changed.config.ts'), config(95)),
    // promtool's time begins in 1970.
    writeFile(join(folder, 'promtool.config.ts'), config(99.9, 0)),
    writeFile(
      join(folder, 'bin.mjs'),
      `import { main } from ${JSON.stringify(pathToFileURL(path('../../packages/cx-dashboards/src/cli.ts')).href)}\nprocess.exitCode = await main(process.argv.slice(2))\n`,
    ),
  ])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const cli = (...args: string[]) =>
  spawn(process.execPath, ['--conditions=cx-source', 'bin.mjs', ...args], { cwd: folder })

const backtest = async (...args: string[]) => {
  const child = cli('backtest', ...args)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  const [code] = await once(child, 'close')
  return { code: code as number, stdout, stderr }
}

const moment = (at: number): string => `${isoOf(start + at).slice(0, 16)}Z`

interface FiringJson {
  readonly from: number
  readonly to?: number
  readonly budget?: { readonly ratio: number; readonly recordedSince?: number }
}

interface BacktestJson {
  readonly problems: readonly string[]
  readonly alerts: readonly {
    readonly today?: { readonly name: string; readonly severity: string }
    readonly series: readonly {
      readonly labels: Readonly<Record<string, string>>
      readonly firings: readonly { readonly today?: FiringJson; readonly changed?: FiringJson }[]
    }[]
  }[]
}

const startFilled = () =>
  startPrometheus({}, (dataFolder) => writeBlocks(dataFolder, history, { start, everySeconds }))

const range = ['--from', moment(2 * hour), '--to', moment(hours * hour)]

const foundIn = (stdout: string) => {
  const { alerts } = JSON.parse(stdout) as BacktestJson
  return alerts.flatMap(({ series, today: { name = '', severity = '' } = {} }) =>
    series.flatMap(({ firings, labels }) =>
      firings.flatMap(({ today }) => (today ? [{ name, severity, labels, firing: today }] : [])),
    ),
  )
}

const patient = { timeout: 180_000 }

const minutesOf = (at: number | undefined): number | undefined =>
  at === undefined ? undefined : (at - start) / minute

test('firings are found where the generated rules fire over the same series', patient, async () => {
  const prometheus = await startFilled()
  const args = ['--config', 'today.config.ts', '--prometheus', prometheus, ...range, '--json']
  const { code, stderr, stdout } = await backtest(...args)
  expect({ code, stderr: stderr.replaceAll(/^backtest: .*\n/gm, '') }).toEqual({
    code: 0,
    stderr: '',
  })
  const found = foundIn(stdout)
  const silent = found.find(({ name }) => name === 'CxServiceSilent')
  // Ten minutes of silence, and two more of `for`.
  expect(minutesOf(silent?.firing.from)).toBeCloseTo(silence.from / minute + 12, -0.5)
  const pages = found.filter(
    ({ name, severity }) => name !== 'CxServiceSilent' && severity === 'page',
  )
  const [slow] = pages
  const page = pages.find(({ firing }) => firing.from > start + outage.from)
  // One customer's outage is no page.
  expect(pages.filter(({ firing }) => within(firing.from - start, oneCustomers))).toEqual([])
  expect(minutesOf(slow?.firing.from)).toBeLessThan(slowBurn.to / minute)
  expect(minutesOf(page?.firing.from)).toBeGreaterThan(outage.from / minute)
  expect(minutesOf(page?.firing.from)).toBeLessThan(outage.from / minute + 6)
  const single = found.filter(({ firing }) => firing.from > start + oneCustomers.from)
  expect(single.find(({ name }) => name === 'CxCustomerOutage')?.labels).toMatchObject({
    customer: 'contoso',
  })
  expect(found.length).toBeGreaterThan(8)
  const inMaintenance = { from: excluded.from, to: outage.from }
  expect(found.filter(({ firing }) => within(firing.from - start, inMaintenance))).toEqual([])
  const { default: set } = (await import(join(folder, 'promtool.config.ts'))) as {
    default: DashboardSet
  }
  // What fired before the range is told as firing from its beginning.
  const begun = found.filter(({ firing }) => firing.from > start + 2 * hour)
  await promtoolAgrees(set, folder, begun)
})

test('the budget gone is what a count of every request gives', async () => {
  const prometheus = await startFilled()
  const args = ['--config', 'today.config.ts', '--prometheus', prometheus, ...range, '--json']
  const found = foundIn((await backtest(...args)).stdout)
  const told = found.filter(({ name }) => name !== 'CxServiceSilent')
  const customers = ['contoso', 'fabrikam', 'tailspin']
  const budget = 0.001 * customers.length * 2 * 60 * 24 * 30
  for (const { firing } of told) {
    const until = scrapes.filter((at) => at > 0 && at <= firing.from - start)
    const bad = until.flatMap((at) =>
      customers.filter((customer) => !within(at, excluded) && isBad(customer, at)),
    ).length
    const share = Math.abs((firing.budget?.ratio ?? 0) / (bad / budget) - 1)
    // A scrape's six events are a large part of an outage's first minutes.
    expect(share, `${bad} bad at ${minutesOf(firing.from)}`).toBeLessThan(bad > 100 ? 0.03 : 0.5)
  }
})

test('a changed catalog is compared, and the picture’s data written', async () => {
  const prometheus = await startFilled()
  const both = ['--config', 'today.config.ts', '--against', 'changed.config.ts']
  const args = [...both, '--prometheus', prometheus, ...range, '--out', 'kept']
  const { code, stdout } = await backtest(...args)
  expect(code).toBe(0)
  expect(stdout).toMatch(/CxErrorBudgetBurn \(page\).*api-availability/)
  expect(stdout).toMatch(/min later/)
  expect(stdout).toMatch(/CxServiceSilent .*\n.*\n.*; the same/)
  const kept = JSON.parse(
    await readFile(join(folder, 'kept/backtest.json'), 'utf8'),
  ) as BacktestJson
  expect(kept.problems).toEqual([])
})

test('the same catalog twice fires the same', async () => {
  const prometheus = await startFilled()
  const both = ['--config', 'today.config.ts', '--against', 'today.config.ts']
  const { stdout } = await backtest(...both, '--prometheus', prometheus, ...range)
  expect(stdout).toMatch(/\d+ firings today; the changed catalog fires the same\.\n$/)
})

test(
  'the preview draws what two catalogs fire, in dark and in light, and says where nothing does',
  patient,
  async () => {
    const prometheus = await startFilled()
    const both = ['--config', 'today.config.ts', '--against', 'changed.config.ts']
    const quiet = ['--from', moment(10 * minute), '--to', moment(30 * minute)]
    await backtest(...both, '--prometheus', prometheus, ...range, '--out', 'eventful')
    await backtest(...both, '--prometheus', prometheus, ...quiet, '--out', 'quiet')
    const page = await openPage()
    const eventful = await startPreview('eventful/backtest.json')
    for (const theme of ['dark', 'light']) {
      await page.goto(`${eventful}?theme=${theme}`)
      const burning = page.getByTestId('alert-CxErrorBudgetBurn-api-availability').first()
      const today = burning.getByRole('list', { name: 'today' })
      await today.getByRole('listitem').first().hover()
      await page.getByText(/today: .* 02:\d\d to .* of the budget gone by then/).waitFor()
      expect(await burning.getByRole('list', { name: 'changed' }).count()).toBe(1)
    }
    await page.goto(await startPreview('quiet/backtest.json'))
    await page.getByText('No alert would have fired in this time').waitFor()
    // Before its server ends, which it would complain of.
    await page.close()
  },
)

const startPreview = async (file: string): Promise<string> => {
  const child = cli('preview', '--config=today.config.ts', '--port=0', `--backtest=${file}`)
  onTestFinished(async () => {
    child.kill()
    await once(child, 'close')
  })
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('backtest: ')) return line.replace('backtest: ', '')
  }
  throw new Error('the preview named no address')
}

const openPage = async () => {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(howToGetChromium)
  const browser = await chromium.launch({ executablePath, args: chromiumArguments })
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text())
  })
  onTestFinished(() => expect(problems).toEqual([]))
  return page
}

test(
  'where Prometheus fails on the way, what was found is printed, and the failure told',
  patient,
  async () => {
    const prometheus = await startFilled()
    const failing = await startFailing(prometheus, start + 10 * hour)
    const args = ['--config', 'today.config.ts', '--prometheus', failing, ...range, '--step', '5s']
    const { code, stderr, stdout } = await backtest(...args)
    expect(code).toBe(1)
    expect(stdout).toMatch(/Known up to .* UTC only\./)
    expect(stdout).toMatch(/CxErrorBudgetBurn \(page\)/)
    expect(stderr).toMatch(
      /incomplete\. .* to 17:00 UTC: .* refused: the disk is broken\. .*--from\./,
    )
  },
)
