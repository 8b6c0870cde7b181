import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, inject, test } from 'vitest'
import { freePorts, type Ports } from '../../scripts/stack/ports.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const start = (ports: Ports) => {
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(ports.service),
      OTEL_EXPORTER_PROMETHEUS_PORT: String(ports.metrics),
      PROMETHEUS_PORT: String(ports.prometheus),
      ALERTMANAGER_PORT: String(ports.alertmanager),
      INBOX_PORT: String(ports.inbox),
      PREVIEW_PORT: String(ports.preview),
      SIGNUP_PORT: String(ports.signup),
    },
  })
  stops.push(() => child.kill('SIGTERM'))
  let output = ''
  const more = new EventTarget()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString()
      more.dispatchEvent(new Event('data'))
    })
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }))
  const printed = async (text: string) => {
    while (!output.includes(text))
      await Promise.race([once(more, 'data'), ended.then(() => Promise.reject(new Error(output)))])
  }
  return { child, ended, printed }
}

const answers = async (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  )

const stillAnswering = async (ports: Ports) => {
  const each = await Promise.all(
    Object.entries(ports).map(async ([part, port]) => [part, await answers(port)] as const),
  )
  return each.filter(([, up]) => up).map(([part]) => part)
}

test('npm start brings everything up, and Ctrl-C takes everything down', async () => {
  const ports = await freePorts()
  const { child, ended, printed } = start(ports)
  await printed('Ctrl-C stops everything.')
  expect(await stillAnswering(ports)).toEqual([
    'service',
    'metrics',
    'prometheus',
    'alertmanager',
    'inbox',
    'preview',
    'signup',
  ])
  child.kill('SIGINT')
  const { code, output } = await ended
  expect(code).toBe(0)
  expect(output).toContain(`http://127.0.0.1:${ports.preview}/d/cx-overview`)
  expect(output).toContain(`http://127.0.0.1:${ports.signup}`)
  expect(await stillAnswering(ports)).toEqual([])
})

test('when a part dies, npm start says which, stops the others and fails', async () => {
  const ports = await freePorts()
  const { child, ended, printed } = start(ports)
  await printed('Ctrl-C stops everything.')
  const { stdout } = spawnSync(
    'pgrep',
    ['-P', String(child.pid), '-f', `web.listen-address=127.0.0.1:${ports.prometheus}`],
    { encoding: 'utf8' },
  )
  process.kill(Number(stdout), 'SIGKILL')
  const { code, output } = await ended
  expect(code).toBe(1)
  expect(output).toContain('prometheus ended (SIGKILL)')
  expect(await stillAnswering(ports)).toEqual([])
})

test('a signal that npm passes to its shell alone ends what the shell started', async () => {
  const waits = 'console.log(String(process.pid)); setInterval(() => {}, 1000)'
  const shell = spawn('sh', ['-c', 'node scripts/bootstrap.mjs -e "$1"; true', 'sh', waits], {
    cwd: root,
  })
  const [line] = (await once(shell.stdout, 'data')) as [Buffer]
  const waiting = Number(line)
  expect(waiting).toBeGreaterThan(0)
  stops.push(() => isRunning(waiting) && process.kill(waiting, 'SIGKILL'))
  shell.kill('SIGTERM')
  await expect.poll(() => isRunning(waiting), { timeout: 10_000 }).toBe(false)
})

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('ports in use are all named before anything is started', async () => {
  const urls = inject('urls')
  const portOf = (part: keyof Ports) => Number(new URL(urls[part]).port)
  const ports = {
    service: portOf('service'),
    metrics: portOf('metrics'),
    prometheus: portOf('prometheus'),
    alertmanager: portOf('alertmanager'),
    inbox: portOf('inbox'),
    preview: portOf('preview'),
    signup: portOf('signup'),
  }
  const { code, output } = await start(ports).ended
  expect(code).toBe(1)
  expect(output.trim().split('\n')).toEqual([
    `port ${ports.service} (service) is in use: stop what listens there, or choose another with PORT`,
    `port ${ports.metrics} (metrics) is in use: stop what listens there, or choose another with OTEL_EXPORTER_PROMETHEUS_PORT`,
    `port ${ports.prometheus} (prometheus) is in use: stop what listens there, or choose another with PROMETHEUS_PORT`,
    `port ${ports.alertmanager} (alertmanager) is in use: stop what listens there, or choose another with ALERTMANAGER_PORT`,
    `port ${ports.inbox} (inbox) is in use: stop what listens there, or choose another with INBOX_PORT`,
    `port ${ports.preview} (preview) is in use: stop what listens there, or choose another with PREVIEW_PORT`,
    `port ${ports.signup} (signup) is in use: stop what listens there, or choose another with SIGNUP_PORT`,
  ])
})
