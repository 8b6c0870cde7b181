import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { buildK6, k6Version, usableGo } from './build-k6.ts'
import { runTraffic } from './embedded-runner.ts'
import { findK6, type FoundK6 } from './find-k6.ts'
import { readSettings, type Settings } from './settings.ts'

// Where no terminal redraws them, k6's progress bars are 1,500 lines.
const k6Run = ['run', '--no-usage-report', ...(process.stdout.isTTY ? [] : ['--quiet'])]

const main = async (): Promise<number> => {
  const settings = readSettings(process.env)
  await requireService(settings.baseUrl)
  const k6 = findK6() ?? builtNow()
  if (k6) {
    console.log(`Driving ${settings.baseUrl} with ${k6.version}, found at ${k6.path}`)
    return run(k6.path, [...k6Run, join(import.meta.dirname, 'traffic-k6.ts')])
  }
  if (succeeds('docker', ['info'])) return runInDocker(settings)
  console.log('Driving the service with the embedded runner: no k6, no Go 1.25 or later, no Docker')
  return runEmbedded(settings)
}

/** @throws {Error} that says how to start the service, before anything is built for nothing. */
const requireService = async (baseUrl: string): Promise<void> => {
  const url = `${baseUrl}/health/ready`
  const answer = await fetch(url, { signal: AbortSignal.timeout(3000) }).catch(() => undefined)
  if (answer?.ok) return
  throw new Error(
    `${url} ${answer ? `answers ${answer.status}` : 'does not answer'}. ` +
      'Start the service with `npx nx run some-service:start`, or set BASE_URL to where it runs',
  )
}

const builtNow = (): FoundK6 | undefined => {
  const go = usableGo()
  if (!go) return undefined
  console.log(`No k6 found. Building ${k6Version} with ${go}, once: takes 1 to 5 minutes`)
  if (buildK6()) return findK6()
  console.log('k6 could not be built; see above')
  return undefined
}

const runInDocker = async (settings: Settings): Promise<number> => {
  const { baseUrl, factor } = settings
  const image = `grafana/k6:${k6Version}`
  console.log(`Driving ${baseUrl} with ${image}: no k6 and no Go 1.25 or later, but Docker, found`)
  // Only Linux lets a container use the host's loopback; elsewhere Docker gives the host a name.
  const onLinux = process.platform === 'linux'
  const host = 'host.docker.internal'
  const url = onLinux ? baseUrl : baseUrl.replace(/\/\/(\[.*\]|[^:/]+)/, `//${host}`)
  const variables = [`BASE_URL=${url}`, `LOAD_FACTOR=${factor}`, `LOAD_ALLOW_HOST=${host}`]
  const exitCode = await run('docker', [
    'run',
    '--rm',
    ...(onLinux ? ['--network=host'] : []),
    `--volume=${import.meta.dirname}:/load:ro`,
    ...variables.map((variable) => `--env=${variable}`),
    image,
    ...k6Run,
    '/load/traffic-k6.ts',
  ])
  const dockerItselfFailed = 125
  return exitCode === dockerItselfFailed ? runEmbedded(settings) : exitCode
}

const runEmbedded = async (settings: Settings): Promise<number> => {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const { crossed } = await runTraffic({ ...settings, signal: stop.signal, log: console.log })
  return crossed.length === 0 ? 0 : 1
}

const succeeds = (command: string, args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0

/** Ctrl-C reaches the child as well, which then sums up and ends by itself. */
const run = async (command: string, args: string[]): Promise<number> => {
  process.on('SIGINT', () => {})
  const [exitCode] = await once(spawn(command, args, { stdio: 'inherit' }), 'exit')
  return exitCode ?? 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`load: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
