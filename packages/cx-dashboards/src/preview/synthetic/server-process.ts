import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ServerProcess {
  readonly url: string
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly command: string
  readonly args: (port: number) => readonly string[]
  readonly cwd: string
  /** Answers with 200 as soon as it can be asked. */
  readonly readyPath: string
}

const patienceMilliseconds = 60_000

/** Starts a program that listens on a free port of 127.0.0.1. @throws {Error} with its last words where it does not */
export const startServer = async (options: ServerOptions): Promise<ServerProcess> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  // A group of its own: Ctrl-C reaches us alone, and we end it after what reads from it.
  const child = spawn(options.command, options.args(port), {
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => (said = `${said}${data.toString()}`.slice(-2000)))
  }
  const ended = once(child, 'close').catch((error: Error) => {
    isOver = true
    said = error.message
  })
  let isOver = false
  child.once('close', () => {
    isOver = true
    process.off('exit', kill)
  })
  const stop = async () => {
    if (isOver) return
    child.kill('SIGTERM')
    const timer = setTimeout(kill, 8000)
    await ended
    clearTimeout(timer)
  }
  const until = performance.now() + patienceMilliseconds
  while (!(await answers(`${url}${options.readyPath}`))) {
    if (isOver) throw new Error(`${options.command} ended: ${said.trim()}`)
    if (performance.now() > until) {
      await stop()
      throw new Error(`${options.command} did not answer within a minute: ${said.trim()}`)
    }
    await sleep(100)
  }
  return { url, stop }
}

const answers = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
