import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { root } from './root.ts'

/** Runs a program of node_modules/.bin in the foreground; answers whether it succeeded. */
export const run = (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): boolean => {
  const { error, status } = spawnSync(program, args, options(env))
  if (error) console.error(`${program} could not be started: ${error.message}`)
  return status === 0
}

/** As `run`, beside others. */
export const runBeside = async (program: string, args: readonly string[]): Promise<boolean> => {
  try {
    const [status] = await once(spawn(program, args, options({})), 'close')
    return status === 0
  } catch (error) {
    console.error(`${program} could not be started: ${String(error)}`)
    return false
  }
}

const options = (env: Readonly<Record<string, string>>) =>
  ({
    cwd: root,
    stdio: 'inherit',
    // No daemon and no screen of its own: the same plain lines on a terminal and in CI.
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', ...env },
    shell: process.platform === 'win32',
  }) as const
