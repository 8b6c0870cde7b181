import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

let folder: string
beforeEach(async () => {
  // Inside the repository, so that a config finds the packages by name.
  folder = await mkdtemp(join(source('../..'), '.build-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const script = `
import { main } from ${JSON.stringify(pathToFileURL(source('../cli.ts')).href)}
process.exitCode = await main(['build', ...process.argv.slice(1)])
`

const build = async (...services: string[]) => {
  await writeFile(join(folder, 'cx-dashboards.config.ts'), config(services))
  return run()
}

const run = async (...args: string[]) => {
  const child = spawn(
    process.execPath,
    ['--conditions=cx-source', '--input-type=module', '--eval', script, '--', ...args],
    { cwd: folder },
  )
  let said = ''
  child.stdout.on('data', (data: Buffer) => (said += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  const [code] = await once(child, 'close')
  return { code: code as number, said }
}

const config = (services: readonly string[]) => `
import { availability, catalog, days, feature, objective, operation, owner, percent, service } from 'cx-definition'
import { contact, defineDashboards, webhook } from 'cx-dashboards'
const platform = owner('platform')
const documents = feature('documents', { owner: platform })
const team = [webhook({ url: 'http://127.0.0.1:9095' })]
export default defineDashboards({
  catalog: catalog({
    owners: [platform],
    features: [documents],
    objectives: ${JSON.stringify(services)}.map((name) => objective(name, {
      feature: documents,
      indicator: availability({ of: [operation(name, 'GET', '/')] }),
      target: percent(99),
      window: days(30),
    })),
    services: ${JSON.stringify(services)}.map((name) => service(name, { owner: platform })),
  }),
  folder: { uid: 'cx', title: 'CX' },
  dashboards: [],
  alerting: {
    contacts: [contact(platform, { page: team, ticket: team })],
    environments: ['production'],
    kubernetes: {},
  },
})
`

test('a build keeps what people wrote into a runbook, and names the pages of alerts that are gone', async () => {
  expect(await build('orders', 'mails')).toMatchObject({ code: 0 })
  const page = (name: string) => join(folder, 'generated/runbooks', name)
  const generated = await readFile(page('orders-burn.md'), 'utf8')
  await writeFile(page('orders-burn.md'), `# Call Anna first\n${generated}She knows.\n`)
  await writeFile(page('orders-customer.md'), '# All ours\n')

  const { code, said } = await build('orders')
  expect({ code, said }).toMatchObject({ code: 0 })
  expect(said).toContain(`kept ${page('orders-customer.md')} (it has no generated part)`)
  expect(said).toContain(`left ${page('mails-burn.md')} (no alert leads there any more)`)
  expect(said).toContain(join(folder, 'generated/kubernetes/cx-orders.servicemonitor.yaml'))
  const kept = await readFile(page('orders-burn.md'), 'utf8')
  expect(kept).toMatch(/^# Call Anna first\n<!-- [\s\S]* -->\n[\s\S]*\nShe knows\.\n$/)
  expect(kept).not.toContain('mails')
  expect(await readFile(page('orders-customer.md'), 'utf8')).toBe('# All ours\n')
})

test('a damaged runbook stops the build, is named with its remedy, and stays as it was', async () => {
  await build('orders')
  const page = join(folder, 'generated/runbooks/orders-burn.md')
  const damaged = (await readFile(page, 'utf8')).replace(/^<!-- cx-dashboards: end.*$/m, '')
  await writeFile(page, damaged)
  const { code, said } = await build('orders')
  expect(code).toBe(1)
  expect(said).toContain('orders-burn.md was left as it is: its generated part begins at line 1')
  expect(await readFile(page, 'utf8')).toBe(damaged)
})

test('a schema that Grafana does not have is refused before anything is read', async () => {
  const { code, said } = await run('--schema', 'v3')
  expect({ code, said }).toEqual({
    code: 1,
    said: 'cx-dashboards: --schema "v3" is none. Use v1 or v2.\n',
  })
})
