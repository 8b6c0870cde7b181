import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Part, startPart } from '../../../scripts/stack/part.ts'
import type { ReadmeProject } from './readme-projects.ts'
import { runProgram, shellEnvironment } from './run-program.ts'

/** A project outside the repository, as a user begins one. */
export interface UserProject {
  readonly folder: string
  /** @throws Error with what the program said when it fails */
  run(program: string, ...args: string[]): Promise<string>
  start(name: string, args: readonly string[], env?: Readonly<Record<string, string>>): Part
}

/**
 * Writes the README's files and installs what it says, by name, from the registry.
 * @param ports what stands in place of the ports that the README's files name
 */
export const createUserProject = async (
  folder: string,
  registryUrl: string,
  readme: readonly ReadmeProject[],
  ports: Readonly<Record<string, number>>,
): Promise<UserProject> => {
  mkdirSync(folder)
  const npmrc = [
    `registry=${registryUrl}`,
    `cache=${join(folder, '.npm-cache')}`,
    'audit=false',
    'fund=false',
    'update-notifier=false',
  ]
  writeFileSync(join(folder, '.npmrc'), `${npmrc.join('\n')}\n`)
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const files = Object.entries(Object.assign({}, ...readme.map((part) => part.files)))
  for (const [name, text] of files as [string, string][])
    writeFileSync(join(folder, name), withPorts(text, ports))

  const env = { ...shellEnvironment(), npm_config_userconfig: join(folder, 'none') }
  const run = (program: string, ...args: string[]) =>
    runProgram(program, args, { cwd: folder, env })
  for (const { installs } of readme)
    for (const args of installs) await run('npm', 'install', ...args)
  return {
    folder,
    run,
    start: (name, args, more) =>
      startPart({
        name,
        command: process.execPath,
        args,
        cwd: folder,
        env: { NODE_ENV: 'production', ...more },
        log: () => {},
      }),
  }
}

const withPorts = (text: string, ports: Readonly<Record<string, number>>): string =>
  text.replaceAll(/\b(8080|5173)\b/g, (port) => String(ports[port] ?? port))
