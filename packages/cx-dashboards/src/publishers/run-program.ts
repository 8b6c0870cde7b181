import { spawn } from 'node:child_process'

export interface ProgramOutcome {
  /** Undefined where it was ended by force. */
  readonly code: number | undefined
  /** Both streams, as they came. */
  readonly output: string
}

/**
 * Runs a program of PATH to its end; undefined where there is none of that name.
 * @throws {Error} where it cannot be started for another reason
 */
export const runProgram = (
  name: string,
  args: readonly string[],
  cwd: string,
  patienceMilliseconds: number,
): Promise<ProgramOutcome | undefined> =>
  new Promise((resolve, reject) => {
    const child = spawn(name, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    // spawn's own timeout goes on where nothing was started, and keeps the process alive.
    const patience = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds)
    const output: Buffer[] = []
    child.stdout.on('data', (data: Buffer) => output.push(data))
    child.stderr.on('data', (data: Buffer) => output.push(data))
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(patience)
      if (error.code === 'ENOENT') resolve(undefined)
      else reject(new Error(`${name} cannot be started: ${error.message}`, { cause: error }))
    })
    child.once('close', (code) => {
      clearTimeout(patience)
      resolve({ code: code ?? undefined, output: Buffer.concat(output).toString() })
    })
  })
