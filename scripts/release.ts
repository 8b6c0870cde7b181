// Publishes what the registry that npm is configured for does not have yet: see docs/releasing.md.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { buildPackages } from './published-packages.ts'
import { root } from './root.ts'
import { run } from './run.ts'

/** What a maintainer has to do first, if anything. */
const hindrance = (): string | undefined => {
  // What is published is tagged, so the tag must lead to what was published.
  const { stdout, status } = spawnSync('git', ['status', '--porcelain'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) return 'a release is made from a clone: git does not know this folder'
  const pending = globSync('.changeset/*.md', { cwd: root })
  if (pending.length > 0)
    return `no version holds these changes yet: ${pending.join(', ')}. Run "npx changeset version", review and commit`
  if (stdout !== '') return `these files are not committed:\n${stdout}Commit them, or put them away`
  return undefined
}

const problem = hindrance()
if (problem !== undefined) {
  console.error(problem)
  process.exitCode = 1
} else {
  const steps = [
    buildPackages,
    () => run('node', ['scripts/check-packages.ts']),
    () => run('changeset', ['publish']),
  ]
  process.exitCode = steps.every((step) => step()) ? 0 : 1
}
