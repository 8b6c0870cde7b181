import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { chromiumArguments, findChromium } from '../../scripts/stack/chromium.ts'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import { type Part, startPart, untilReady } from '../../scripts/stack/part.ts'
import { freePorts, type Ports } from '../../scripts/stack/ports.ts'
import { type MaintainedTree, maintainTree } from './registry/maintained-tree.ts'
import { type ReadmeProject, readmeProjects, tableLines } from './registry/readme-projects.ts'
import { createUserProject, type UserProject } from './registry/user-project.ts'
import { type Registry, startRegistry } from './registry/verdaccio.ts'

// A release into a registry of its own, and what the README says done by users who install from there.
const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(root, 'packages/cx-metrics/README.md'), 'utf8')
const { common, kinds } = readmeProjects(readme)
const packages = ['cx-dashboards', 'cx-definition', 'cx-metrics', 'rum-boundary']

const scraped = ['Fastify', 'Express', 'node:http', 'A job', 'Its beacon, in a Fastify service']
const ports = new Map<string, Ports>()
const portsOf = (kind: string) => ports.get(kind) as Ports

let folder: string
let registry: Registry
let prometheus: Part
let tree: MaintainedTree
let version: string
const refused = { whilePending: '', whileUncommitted: '' }
const started: Part[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cx-registry-'))
  for (const kind of scraped) ports.set(kind, await freePorts())
  registry = await startRegistry(join(folder, 'registry'), (await freePorts()).service, packages)
  prometheus = await startPrometheus()
  tree = await maintainTree(root, folder, registry.publisherConfig)
  await tree.describeChange('Released for a test.')
  refused.whilePending = await refusal(tree.release())
  version = await tree.version()
  refused.whileUncommitted = await refusal(tree.release())
  await tree.commit()
  await tree.release()
}, 900_000)
afterAll(async () => {
  await Promise.all(started.map((part) => part.stop()))
  await prometheus?.stop()
  await registry?.stop()
  await rm(folder, { recursive: true, force: true })
}, 120_000)

test('a release is refused while a changeset waits, and while a file is not committed', () => {
  expect(refused.whilePending).toContain('no version holds these changes yet: ')
  expect(refused.whilePending).toContain('a-change.md')
  expect(refused.whileUncommitted).toContain('these files are not committed:')
})

test('the release publishes the packages, and nothing that is private', () => {
  expect(registry.published().toSorted()).toEqual(packages)
})

test.for(packages)('%s is there in the new version', async (name) => {
  const answer = await (await fetch(`${registry.url}${name}`)).json()
  expect(answer).toMatchObject({ 'dist-tags': { latest: version } })
  expect(version).not.toBe('0.1.0')
})

test('a second release finds nothing to publish', async () => {
  expect(await tree.release()).toContain('No unpublished projects to publish')
})

test('what changed is told in the changelog of the package', async () => {
  const project = await create('changelog', [
    { installs: [['cx-definition', 'cx-metrics']], files: {} },
  ])
  const changelog = join(project.folder, 'node_modules/cx-definition/CHANGELOG.md')
  expect(readFileSync(changelog, 'utf8')).toContain(`## ${version}\n`)
  expect(readFileSync(changelog, 'utf8')).toContain('Released for a test.')
})

test.for([
  ['cx-dashboards', ['cx-dashboards']],
  ['rum-boundary', ['rum-boundary', 'react']],
] as const)('%s can be imported by who installs it by name', async ([name, installed]) => {
  const project = await create(`import ${name}`, [
    { installs: [[...installed, 'cx-metrics']], files: {} },
  ])
  await project.run('node', '--input-type=module', '--eval', `await import('${name}')`)
})

test.for([
  ['Fastify 5', 'Fastify'],
  ['Express 4, 5', 'Express'],
  ['node:http', 'node:http'],
  ['a job or consumer', 'A job'],
  ['a web page', 'A web page, with Vite'],
] as const)('the lines of the table for %s are those of its whole files', ([row, kind]) => {
  const whole = Object.values(projectOf(kind).files).join('\n')
  const lines = tableLines(readme).get(row) ?? []
  expect(lines).not.toEqual([])
  for (const line of lines) expect(whole).toContain(line)
})

test.for([
  ['Fastify', 'service.ts'],
  ['Express', 'service.ts'],
  ['node:http', 'service.ts'],
] as const)('%s: requests of a customer reach Prometheus', async ([kind, file]) => {
  const project = await create(kind, [common, projectOf(kind)])
  await checkTypes(project, ['es2024'])
  await startInstrumented(project, kind, file)
  const url = `http://127.0.0.1:${portsOf(kind).service}/api/documents/1`
  const labels = {
    service_name: 'some-service',
    deployment_environment_name: 'development',
    customer: 'contoso',
    http_request_method: 'GET',
    http_route: '/api/documents/:documentId',
    outcome: 'success',
  }
  await untilCounted(
    kind,
    'cx_requests_total',
    { ...labels, http_response_status_code: '200' },
    () => fetch(url, { headers: { 'x-app-customer': 'contoso' } }),
  )
  await untilCounted(kind, 'cx_request_duration_seconds_count', labels)
})

test('a job: its runs for a customer reach Prometheus', async () => {
  const kind = 'A job'
  const project = await create(kind, [common, projectOf(kind)])
  await checkTypes(project, ['es2024'])
  await startInstrumented(project, kind, 'worker.ts')
  const labels = { customer: 'contoso', job_name: 'send-invoices', outcome: 'success' }
  await untilCounted(kind, 'cx_jobs_total', labels)
  await untilCounted(kind, 'cx_job_duration_seconds_count', labels)
})

const executablePath = findChromium()

describe.skipIf(!executablePath)('a web page made with Vite (skipped without Chromium)', () => {
  const kind = 'Its beacon, in a Fastify service'
  let web: UserProject
  let pagePort: number

  beforeAll(async () => {
    pagePort = portsOf(kind).preview
    const page = projectOf('A web page, with Vite')
    web = await create('web', [page])
    const shared = { 'signup.ts': page.files['signup.ts'] as string }
    const project = await create(kind, [common, projectOf(kind), { installs: [], files: shared }])
    await checkTypes(project, ['es2024'])
    await startInstrumented(project, kind, 'service.ts')
  }, 600_000)

  test('has nothing of OpenTelemetry among its packages', () => {
    expect(existsSync(join(web.folder, 'node_modules/cx-metrics'))).toBe(true)
    expect(existsSync(join(web.folder, 'node_modules/@opentelemetry'))).toBe(false)
  })

  test('has types that are in order', () => checkTypes(web, ['es2024', 'dom']))

  test('its steps, sessions, errors and web vitals reach Prometheus', async () => {
    await web.run('npx', 'vite', 'build')
    const args = ['preview', '--host', '127.0.0.1', '--port', String(pagePort), '--strictPort']
    const server = web.start('vite', ['node_modules/vite/bin/vite.js', ...args])
    started.push(server)
    const url = `http://127.0.0.1:${pagePort}/`
    await untilReady(url, server)

    const browser = await chromium.launch({
      executablePath: executablePath as string,
      args: chromiumArguments,
    })
    onTestFinished(() => browser.close())
    const page = await browser.newPage()
    await page.goto(`http://localhost:${pagePort}/`)
    await page.click('#next')
    await page.click('#fail')
    // Leaving the page sends what is left.
    await page.goto('about:blank')

    const app = 'signup-web'
    const step = { app, journey: 'self-signup', step: 'account' }
    await untilCounted(kind, 'cx_sessions_total', { app })
    await untilCounted(kind, 'cx_journey_steps_total', { ...step, event: 'entered' })
    await untilCounted(kind, 'cx_journey_steps_total', { ...step, event: 'completed' })
    await untilCounted(kind, 'cx_journey_step_duration_seconds_count', step)
    const error = { app, owner: 'growth', feature: 'signup', source: 'reported' }
    await untilCounted(kind, 'cx_errors_total', error)
    await untilCounted(kind, 'cx_error_sessions_total', error)
    await untilCounted(kind, 'cx_web_vital_seconds_count', { app, page: '/signup/account' })
  })
})

const refusal = async (release: Promise<string>): Promise<string> =>
  release.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  )

const projectOf = (kind: string): ReadmeProject => {
  const project = kinds.get(kind)
  if (!project) throw new Error(`the README has no details of ${kind}`)
  return project
}

const create = async (kind: string, parts: readonly ReadmeProject[]): Promise<UserProject> => {
  const beacon = portsOf('Its beacon, in a Fastify service')
  const service = ports.get(kind)?.service ?? beacon.service
  const project = await createUserProject(
    join(folder, kind.replaceAll(/\W+/g, '-')),
    registry.url,
    parts,
    { 8080: service, 5173: beacon.preview },
  )
  const installed = readFileSync(
    join(project.folder, 'node_modules/cx-metrics/package.json'),
    'utf8',
  )
  expect(JSON.parse(installed)).toMatchObject({ version })
  return project
}

/** As who looks into the types of libraries too. */
const checkTypes = async (project: UserProject, lib: readonly string[]): Promise<void> => {
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2024',
    lib,
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    allowImportingTsExtensions: true,
  }
  writeFileSync(join(project.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  await project.run('npx', 'tsc')
}

const startInstrumented = async (project: UserProject, kind: string, file: string) => {
  const { metrics } = portsOf(kind)
  const part = project.start(kind, [file], { OTEL_EXPORTER_PROMETHEUS_PORT: String(metrics) })
  started.push(part)
  await untilReady(`http://127.0.0.1:${metrics}/metrics`, part)
}

const startPrometheus = async (): Promise<Part> => {
  const { prometheus: command } = findPrometheus(console.log)
  const home = join(folder, 'prometheus')
  await mkdir(home)
  const config = {
    global: { scrape_interval: '1s' },
    scrape_configs: scraped.map((kind) => ({
      job_name: kind,
      static_configs: [{ targets: [`127.0.0.1:${portsOf(kind).metrics}`] }],
    })),
  }
  // JSON is YAML.
  writeFileSync(join(home, 'prometheus.json'), JSON.stringify(config))
  const { prometheus: port } = portsOf('Fastify')
  const part = startPart({
    name: 'prometheus',
    command,
    args: [
      '--config.file=prometheus.json',
      '--storage.tsdb.path=data',
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    cwd: home,
    log: () => {},
  })
  await untilReady(`http://127.0.0.1:${port}/-/ready`, part)
  return part
}

/** Drives it until Prometheus has counted something under exactly these labels. */
const untilCounted = async (
  kind: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  drive: () => Promise<unknown> = async () => {},
): Promise<void> => {
  const matchers = Object.entries({ job: kind, ...labels }).map(
    ([label, value]) => `${label}=${JSON.stringify(value)}`,
  )
  const url = new URL('/api/v1/query', `http://127.0.0.1:${portsOf('Fastify').prometheus}`)
  url.searchParams.set('query', `${name}{${matchers.join(',')}} > 0`)
  const counted = async () => {
    await drive()
    const answer = (await (await fetch(url)).json()) as { data: { result: unknown[] } }
    return answer.data.result.length
  }
  await expect
    .poll(counted, {
      timeout: 120_000,
      interval: 500,
      message: url.searchParams.get('query') ?? '',
    })
    .toBeGreaterThan(0)
}
