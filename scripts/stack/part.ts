import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** One process of the stack. */
export interface Part {
  readonly name: string
  /** Resolves, with the reason, when the process has ended. */
  readonly ended: Promise<string>
  /** Asks it to end, and makes it after a while. */
  stop(): Promise<void>
}

export interface PartOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly log: (line: string) => void
}

const patienceMilliseconds = 8000

export const startPart = ({ args, command, cwd, env = {}, log, name }: PartOptions): Part => {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C reaches us alone, and we stop the parts in their order.
    detached: true,
  })
  const lastLines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line)
      if (lastLines.length > 5) lastLines.shift()
      log(line)
    })
  }
  // A parent that ends without a word must not leave its children behind.
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = endOf(child, name, lastLines).finally(() => process.off('exit', kill))

  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const timer = setTimeout(kill, patienceMilliseconds)
    await ended
    clearTimeout(timer)
  }
  return { name, ended, stop }
}

const endOf = (child: ChildProcess, name: string, lastLines: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(`${name} could not be started: ${error.message}`))
    child.once('close', (code, signal) => {
      const said = lastLines.length > 0 ? `; it last said:\n  ${lastLines.join('\n  ')}` : ''
      resolve(`${name} ended (${signal ?? `exit code ${code}`})${said}`)
    })
  })

/**
 * Waits until a URL answers with 200.
 * @throws Error when the part ends first, or after the time.
 */
export const untilReady = async (url: string, part: Part, seconds = 60): Promise<void> => {
  let dead: string | undefined
  void part.ended.then((reason) => (dead = reason))
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    if (dead !== undefined) throw new Error(dead)
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
      await response.body?.cancel()
      if (response.ok) return
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`${part.name} did not answer at ${url} within ${seconds} s`)
}
