import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'

export const executablePath = [
  process.env['CHROMIUM'],
  ...(process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => [join(folder, 'chromium'), join(folder, 'google-chrome')]),
].find((path) => path && existsSync(path))

export const launchOptions = {
  executablePath: executablePath as string,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
}

export interface RunningApp {
  /** Of the apps, by what the server is configured with. */
  serve(env?: Readonly<Record<string, string>>): Promise<string>
  /** What the service counted, as Prometheus would see it. */
  metrics(): Promise<string>
  stop(): Promise<void>
}

/** Both apps as they are built, and the real service behind them, which never fails by chance. */
export const startApp = async (): Promise<RunningApp> => {
  const folder = await mkdtemp(join(tmpdir(), 'signup-web-'))
  buildInto(folder)
  const metricsPort = await freePort()
  const { child, url: serviceUrl } = await startService(metricsPort)
  const apps: FastifyInstance[] = []
  return {
    serve: async (env = {}) => {
      const app = await buildApp({ ...readConfig(env), folder, serviceUrl })
      apps.push(app)
      return app.listen({ host: '127.0.0.1', port: 0 })
    },
    metrics: async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    stop: async () => {
      for (const app of apps) await app.close()
      child.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** As it is shipped: inside vitest, Vite would take React's development build. */
export const buildInto = (folder: string): void => {
  const vite = join(import.meta.dirname, '../../../node_modules/vite/bin/vite.js')
  execFileSync(
    process.execPath,
    [vite, 'build', '--logLevel=warn', `--outDir=${folder}`, '--emptyOutDir'],
    {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
}

const startService = async (metricsPort: number): Promise<{ child: ChildProcess; url: string }> => {
  const child = spawn(process.execPath, ['--conditions=cx-source', 'src/main.ts'], {
    cwd: join(import.meta.dirname, '../../some-service'),
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      SAMPLE_FAULTS: 'off',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(metricsPort),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (url === undefined) continue
    child.stdout.resume()
    return { child, url }
  }
  throw new Error('some-service did not start')
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number }
      server.close(() => resolve(port))
    })
  })
