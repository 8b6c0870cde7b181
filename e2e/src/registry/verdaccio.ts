import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Part, startPart, untilReady } from '../../../scripts/stack/part.ts'

export interface Registry {
  /** With a slash at the end, as npm writes it. */
  readonly url: string
  /** An npm configuration that leads to it, for who may publish. */
  readonly publisherConfig: string
  /** The names that were published into it, as against those it fetched. */
  published(): readonly string[]
  stop(): Promise<void>
}

/**
 * A verdaccio on the loopback. The given packages are its own; all others come from the registry that npm is
 * configured for.
 * @param folder for its packages, its user and its configuration
 */
export const startRegistry = async (
  folder: string,
  port: number,
  packages: readonly string[],
): Promise<Registry> => {
  mkdirSync(folder, { recursive: true })
  const url = `http://127.0.0.1:${port}/`
  const config = join(folder, 'verdaccio.json')
  // JSON is YAML.
  writeFileSync(config, JSON.stringify(verdaccioConfig(folder, packages)))
  const manifest = fileURLToPath(import.meta.resolve('verdaccio/package.json'))
  const part = startPart({
    name: 'verdaccio',
    command: process.execPath,
    args: [join(dirname(manifest), 'bin/verdaccio'), '--config', config, '--listen', url],
    cwd: folder,
    log: () => {},
  })
  try {
    await untilReady(`${url}-/ping`, part)
    const token = await addUser(url, part)
    return {
      url,
      publisherConfig: `registry=${url}\n//127.0.0.1:${port}/:_authToken=${token}\n`,
      published: () =>
        (
          JSON.parse(readFileSync(join(folder, 'storage/.verdaccio-db.json'), 'utf8')) as {
            list: string[]
          }
        ).list,
      stop: part.stop,
    }
  } catch (error) {
    await part.stop()
    throw error
  }
}

const verdaccioConfig = (folder: string, packages: readonly string[]) => ({
  storage: join(folder, 'storage'),
  auth: { htpasswd: { file: join(folder, 'htpasswd') } },
  uplinks: { configured: { url: configuredRegistry(), timeout: '60s', max_fails: 20 } },
  packages: {
    // Without an uplink: a namesake elsewhere must not be taken for ours.
    ...Object.fromEntries(
      packages.map((name) => [name, { access: '$all', publish: '$authenticated' }]),
    ),
    '**': { access: '$all', proxy: 'configured' },
  },
  web: { enable: false },
  log: { type: 'stdout', format: 'pretty', level: 'warn' },
})

const configuredRegistry = (): string => {
  const { status, stdout } = spawnSync('npm', ['config', 'get', 'registry', '--no-workspaces'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error('npm does not say which registry it is configured for')
  return stdout.trim()
}

const addUser = async (url: string, { name }: Part): Promise<string> => {
  const response = await fetch(`${url}-/user/org.couchdb.user:releaser`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'releaser', password: crypto.randomUUID() }),
  })
  const { token } = (await response.json()) as { token?: string }
  if (token === undefined) throw new Error(`${name} made no user: ${response.status}`)
  return token
}
