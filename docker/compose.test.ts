import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

interface Service {
  readonly image?: string
  readonly build?: { readonly context: string; readonly dockerfile?: string }
  readonly user?: string
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly restart?: string
  readonly healthcheck?: object
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, null>>
}

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const readCompose = (path: string): Compose => parse(read(path), { merge: true })

const stack = readCompose('docker/compose.yaml')
const dev = readCompose('.devcontainer/compose.yaml')
const services = Object.entries({ ...stack.services, ...dev.services })

// The compose specification's own schema, as dclint ships it.
const schema = () => {
  const folder = dirname(createRequire(import.meta.url).resolve('dclint/package.json'))
  const { $schema: _draft, ...rules } = JSON.parse(
    readFileSync(join(folder, 'schemas/compose.schema.json'), 'utf8'),
  )
  return rules
}

test.each([
  ['docker/compose.yaml', stack],
  ['.devcontainer/compose.yaml', dev],
])('%s follows the compose specification', (_path, compose) => {
  const ajv = new Ajv({ strict: false, validateFormats: false })
  ajv.validate(schema(), compose)
  expect(ajv.errors ?? []).toEqual([])
})

test('The schema would notice a misspelt key', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false })
  const { grafana } = stack.services
  expect(ajv.validate(schema(), { services: { grafana: { ...grafana, imagee: 'x' } } })).toBe(false)
})

const docker = (...args: string[]) => spawnSync('docker', args, { encoding: 'utf8', cwd: root })

test('Docker itself accepts the files', ({ skip }) => {
  if (docker('compose', 'version').status !== 0) skip('there is no docker compose')
  const files = ['docker/compose.yaml', '.devcontainer/compose.yaml'].flatMap((path) => [
    '--file',
    path,
  ])
  const { status, stderr } = docker('compose', ...files, '--profile', '*', 'config', '--quiet')
  expect(stderr).toBe('')
  expect(status).toBe(0)
}, 30_000)

describe.each(services)('%s', (_name, service) => {
  test('pins its image by a version', () => {
    expect(service.image).toMatch(/^[a-z0-9./-]+:v?\d+\.\d+\.\d+$/)
  })

  test('runs as a user that is not root', () => {
    expect(service.user).toMatch(/^[1-9]\d*:\d+$/)
  })

  test('publishes ports on the loopback only', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/)
  })

  test('tells its health, or runs once', () => {
    expect(service.healthcheck === undefined).toBe(service.restart === 'no')
  })

  test('waits only for services that are there, until they are healthy', () => {
    for (const [awaited, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(stack.services[awaited]?.healthcheck, awaited).toBeDefined()
      expect(condition).toBe('service_healthy')
    }
  })

  test('mounts volumes and files that are there', () => {
    for (const [source = ''] of (service.volumes ?? []).map((volume) => volume.split(':'))) {
      const isFile = source.startsWith('.')
      const known = { ...stack.volumes, ...dev.volumes }
      expect(isFile ? existsSync(join(root, 'docker', source)) : source in known, source).toBe(true)
    }
  })
})

const dockerfiles = [...globSync('docker/*.Dockerfile', { cwd: root }), '.devcontainer/Dockerfile']

describe.each(dockerfiles)('%s', (path) => {
  const lines = read(path).split('\n')
  const copied = lines.flatMap((line) => {
    const [source] = /^COPY (?!--from)(.+) \S+$/.exec(line)?.slice(1) ?? []
    return source?.split(' ') ?? []
  })

  test('starts from pinned images and ends as a user that is not root', () => {
    for (const line of lines.filter((text) => text.startsWith('FROM '))) {
      expect(line).toMatch(/^FROM \S+:\d[\w.-]*( AS \w+)?$/)
    }
    expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node')
  })

  test('copies what is there, and every manifest before it installs', () => {
    for (const source of copied) expect(existsSync(join(root, source)), source).toBe(true)
    if (!copied.includes('package.json')) return
    const manifests = globSync('{apps,packages}/*/package.json', { cwd: root })
    // A workspace that is missing, npm would fetch from the registry: somebody else's package.
    for (const manifest of manifests) expect(copied).toContain(manifest)
  })
})

test('The images built here are the services that compose builds', () => {
  const built = services.flatMap(([, { build }]) => {
    if (!build) return []
    return [join(build.context, build.dockerfile ?? 'Dockerfile').replace(/^\.\.\//, '')]
  })
  expect(built.toSorted()).toEqual(dockerfiles.toSorted())
})

test('Prometheus scrapes the port that the service serves its metrics on', () => {
  const { scrape_configs: jobs } = parse(read('docker/prometheus.yml'))
  expect(jobs[0].static_configs[0].targets).toEqual(['some-service:9464'])
  expect(read('docker/compose.yaml')).toContain("OTEL_EXPORTER_PROMETHEUS_PORT: '9464'")
})

test('The dev container names files and a service that are there', () => {
  const { dockerComposeFile, service } = JSON.parse(read('.devcontainer/devcontainer.json'))
  for (const path of dockerComposeFile) {
    expect(existsSync(join(root, '.devcontainer', path)), path).toBe(true)
  }
  expect(dev.services).toHaveProperty(service)
})
