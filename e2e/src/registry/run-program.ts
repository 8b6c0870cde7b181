import { execFile } from 'node:child_process'

/** What `npm run` and vitest say in the environment to what they start; a bundler would build for tests, say. */
const fromRunners = /^(npm_.*|VITEST.*|NODE_ENV|TEST|MODE|DEV|PROD|SSR|BASE_URL)$/i

/** The environment of a person's shell. */
export const shellEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !fromRunners.test(name)))

export interface RunOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * Runs a program to its end, and answers what it wrote.
 * @throws Error with all that it said when it fails
 */
export const runProgram = (
  program: string,
  args: readonly string[],
  { cwd, env }: RunOptions,
): Promise<string> =>
  // Not spawnSync: a registry and a Prometheus are talked to meanwhile, and what they close has to be noticed.
  new Promise((resolve, reject) => {
    const options = { cwd, env, encoding: 'utf8', maxBuffer: 100_000_000 } as const
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error)
        reject(new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error }))
      else resolve(stdout)
    })
  })
