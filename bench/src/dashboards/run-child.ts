import { spawnSync } from 'node:child_process'

/** Runs a program to its end and tells what it wrote and how long it took. @throws Error with what it said where it failed */
export const runChild = (
  command: string,
  args: readonly string[],
  cwd: string = process.cwd(),
): { readonly milliseconds: number; readonly output: string } => {
  const start = performance.now()
  const { error, status, stderr, stdout } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const milliseconds = performance.now() - start
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`)
  return { milliseconds, output: stdout }
}

/** Whether PATH has a program of this name that can say its version. */
export const isThere = (command: string): boolean => spawnSync(command, ['--version']).status === 0
