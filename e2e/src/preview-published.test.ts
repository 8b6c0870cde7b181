import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { chromiumArguments, findChromium, howToGetChromium } from '../../scripts/stack/chromium.ts'
import { startFakeGrafana } from './fake-grafana/fake-grafana.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = join(root, 'packages/cx-dashboards/bin/cx-dashboards.js')
const executablePath = findChromium()
if (!executablePath) console.log(howToGetChromium)

const config = (target: number, more: string) => `
import { catalog, percent } from 'cx-definition'
import { defineDashboards, graph, row } from 'cx-dashboards'
const api = graph({ name: 'API', targets: { availability: percent(${target}) } })
export default defineDashboards({
  catalog: catalog({ owners: [], features: [] }), folder: { uid: 'cx', title: 'CX' },
  dashboards: [{ uid: 'one', title: 'One', description: '', rows: [row('Row', [api.availability(), api.requests()${more}])] }],
})
`

test.skipIf(!executablePath)(
  'panels that differ from what is published are marked, and told in words (skipped without Chromium)',
  async () => {
    const grafana = await startFakeGrafana()
    onTestFinished(grafana.close)
    // Inside the repository, so that the config finds the packages by name.
    const folder = await mkdtemp(join(root, 'e2e', '.preview-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const save = (target: number, more = '') =>
      writeFile(join(folder, 'cx-dashboards.config.ts'), config(target, more))
    const env = { ...process.env, GRAFANA_URL: grafana.url }
    await save(99)
    await promisify(execFile)(process.execPath, [bin, 'publish'], { cwd: folder, env })
    const saved = grafana.requests.length

    await save(98, ', api.failedRequests()')
    const child = spawn(
      process.execPath,
      [bin, 'preview', '--grafana', '--port=0', '--prometheus=http://127.0.0.1:9'],
      { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    onTestFinished(async () => {
      child.kill()
      await once(child, 'close')
    })
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const browser = await chromium.launch({
      executablePath: executablePath as string,
      args: chromiumArguments,
    })
    onTestFinished(() => browser.close())
    const page = await browser.newPage()
    await page.goto(`${String(line).replace('preview: ', '')}/d/one`)

    const textOf = (panel: string) => page.getByTestId(`panel-${panel}`).innerText()
    await expect.poll(() => textOf('Availability'), patience).toContain('unlike the published')
    expect(await textOf('Failed requests')).toContain('not published')
    expect(await textOf('Requests')).not.toContain('published')
    await page.getByText('Show', { exact: true }).click()
    const told = await page.getByTestId('published-changes').innerText()
    expect(told).toContain('"Availability"')
    expect(told).toContain('"Failed requests": panel added')
    const written = grafana.requests.slice(saved).filter((request) => !request.startsWith('GET '))
    expect(written, 'nothing is written').toEqual([])
  },
)

// A machine that is busy with other tests answers late.
const patience = { timeout: 30_000 }
