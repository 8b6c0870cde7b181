// Everything that must hold before a change lands, in one command; ends with the sum over all runners.
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './root.ts'
import { run, runBeside } from './run.ts'

interface Tally {
  passed: number
  failed: number
  skipped: number
}

interface FileResult {
  readonly name: string
  readonly message: string
  readonly assertionResults: readonly {
    readonly fullName: string
    readonly status: string
    readonly failureMessages: readonly string[]
  }[]
}

const nxArgs = (target: string) => [
  'run-many',
  '-t',
  target,
  '--output-style=static',
  '--nxBail=false',
]
const nx = (target: string) => () => run('nx', nxArgs(target))

/** The longest mostly waits, so that the others run beside it: those that share one stack after those that need the processor. */
const suites = async (): Promise<boolean> => {
  const longest = runBeside('nx', [...nxArgs('test'), '--projects=e2e'])
  const units = await runBeside('nx', [...nxArgs('test'), '--exclude=e2e'])
  const endToEnd = await runBeside('nx', nxArgs('e2e'))
  return units && endToEnd && (await longest)
}

/** In the order in which they tell most in the least time. */
const checks: readonly (readonly [string, () => boolean])[] = [
  ['format', () => run('oxfmt', ['--check', '.'])],
  ['lint', () => run('oxlint', ['--deny-warnings', '.'])],
  ['boundaries', () => run('node', ['scripts/check-boundaries.ts'])],
  ['unused code', () => run('knip', ['--no-progress'])],
  ['typecheck', nx('typecheck')],
  ['build', nx('build')],
  ['packages', () => run('node', ['scripts/check-packages.ts'])],
  ['API pages', () => run('node', ['scripts/api.ts', '--check'])],
]

const runStep = <T>(title: string, step: () => T): T => {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 70 - title.length))}`)
  return step()
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 }
const broken: string[] = []
const failures: string[] = []

for (const folder of resultFolders()) rmSync(folder, { recursive: true, force: true })

for (const [title, check] of checks) {
  const ok = runStep(title, check)
  tally[ok ? 'passed' : 'failed'] += 1
  if (!ok) broken.push(title)
}
if (!(await runStep('unit, property and end-to-end tests', suites))) broken.push('tests')
for (const manifest of testedProjects()) add(tally, manifest)
// A runner that fails without a failed test, as when it cannot start, must not pass unseen.
if (broken.length > 0 && tally.failed === 0) tally.failed = broken.length

for (const line of failures) console.log(line)
if (broken.length > 0) console.log(`\nNot in order: ${broken.join(', ')}`)
console.log(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
process.exitCode = tally.failed > 0 ? 1 : 0

function workspaceManifests(): string[] {
  const { workspaces }: { readonly workspaces: string[] } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  return globSync(
    workspaces.map((pattern) => `${pattern}/package.json`),
    { cwd: root },
  )
}

function resultFolders(): string[] {
  return workspaceManifests().map((manifest) => join(root, dirname(manifest), '.test-results'))
}

function testedProjects(): string[] {
  return workspaceManifests().filter((manifest) => {
    const { scripts = {} }: { readonly scripts?: Readonly<Record<string, string>> } = JSON.parse(
      readFileSync(join(root, manifest), 'utf8'),
    )
    return 'test' in scripts || 'e2e' in scripts
  })
}

function add(sum: Tally, manifest: string): void {
  const folder = join(root, dirname(manifest), '.test-results')
  const files = existsSync(folder) ? globSync('*.json', { cwd: folder }) : []
  if (files.length === 0) {
    console.log(`${dirname(manifest)}: no result was written`)
    sum.failed += 1
  }
  for (const file of files) addFile(sum, join(folder, file))
}

function addFile(sum: Tally, file: string): void {
  const result: {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numTodoTests: number
    success: boolean
    testResults: readonly FileResult[]
  } = JSON.parse(readFileSync(file, 'utf8'))
  sum.passed += result.numPassedTests
  sum.failed += result.numFailedTests
  sum.skipped += result.numPendingTests + result.numTodoTests
  // Told again at the end: what failed is thousands of lines above.
  for (const { assertionResults, message, name } of result.testResults) {
    if (message !== '') failures.push(`\nFailed: ${name}\n${message}`)
    for (const { failureMessages, fullName, status } of assertionResults)
      if (status === 'failed')
        failures.push(`\nFailed: ${name} > ${fullName}\n${failureMessages.join('\n')}`)
  }
  // A file that fails to load fails no test.
  if (!result.success && result.numFailedTests === 0) sum.failed += 1
}
