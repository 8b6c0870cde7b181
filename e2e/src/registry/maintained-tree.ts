import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyTree } from './copied-tree.ts'
import { runProgram, shellEnvironment } from './run-program.ts'

/** A clone of the repository in the hands of a maintainer. */
export interface MaintainedTree {
  /** Says in a changeset what a user gets, and commits it. */
  describeChange(text: string): Promise<void>
  /** `changeset version`, not committed yet; answers the version of all packages. */
  version(): Promise<string>
  commit(): Promise<void>
  /** @throws Error with what `npm run release` said, when it fails */
  release(): Promise<string>
}

/**
 * @param folder for the copy and for what npm keeps
 * @param publisherConfig what npm is configured by: the registry and who publishes
 */
export const maintainTree = async (
  from: string,
  folder: string,
  publisherConfig: string,
): Promise<MaintainedTree> => {
  const tree = join(folder, 'tree')
  const userconfig = join(folder, 'publisher.npmrc')
  writeFileSync(userconfig, publisherConfig)
  const env = {
    ...shellEnvironment(),
    npm_config_userconfig: userconfig,
    npm_config_cache: join(folder, '.npm-cache'),
  }
  const run = (program: string, ...args: string[]) => runProgram(program, args, { cwd: tree, env })
  const commit = async () => {
    await run('git', 'add', '--all')
    await run('git', 'commit', '--quiet', '--message=a commit')
  }

  copyTree(from, tree)
  await run('git', 'init', '--quiet', '--initial-branch=main')
  const identity = '[user]\n\tname = A maintainer\n\temail = maintainer@example.com\n'
  appendFileSync(join(tree, '.git/config'), identity)
  await commit()
  return {
    describeChange: async (text) => {
      const changeset = `---\n'cx-definition': patch\n---\n\n${text}\n`
      writeFileSync(join(tree, '.changeset/a-change.md'), changeset)
      await commit()
    },
    version: async () => {
      await run(join(tree, 'node_modules/.bin/changeset'), 'version')
      const manifest = readFileSync(join(tree, 'packages/cx-metrics/package.json'), 'utf8')
      return (JSON.parse(manifest) as { version: string }).version
    },
    commit,
    release: () => run('npm', 'run', 'release'),
  }
}
