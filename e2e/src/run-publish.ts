import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PublishedSet } from './published.config.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface PublishRun {
  readonly code: number | null
  readonly stdout: string
  /** Both streams. */
  readonly output: string
}

export interface RunOptions {
  readonly env: Readonly<Record<string, string>>
  readonly set?: PublishedSet
  readonly args?: readonly string[]
  readonly command?: 'publish' | 'annotate' | 'diff'
  /** Gets the process as soon as it runs. */
  readonly started?: (child: ChildProcess) => void
}

/** `cx-dashboards publish` in a process of its own, from its sources. */
export const runPublish = async (options: RunOptions): Promise<PublishRun> => {
  const { args = [], command = 'publish', env, set, started } = options
  const cli = join(root, 'packages/cx-dashboards/src/cli.ts')
  const script = `import { main } from ${JSON.stringify(cli)}; process.exitCode = await main(process.argv.slice(1))`
  const config = ['--config', join(import.meta.dirname, 'published.config.ts')]
  const child = spawn(
    process.execPath,
    [
      '--conditions=cx-source',
      '--input-type=module',
      '--eval',
      script,
      '--',
      command,
      ...(set ? config : []),
      ...args,
    ],
    {
      cwd: import.meta.dirname,
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        PUBLISHED_SET: JSON.stringify(set),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let [stdout, output] = ['', '']
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString()
    output += data.toString()
  })
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  started?.(child)
  await once(child, 'close')
  return { code: child.exitCode, stdout, output }
}
