// What would be published, looked at as npm packs it: publint for the manifest, are-the-types-wrong for the types.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { packInto, publishedPackages } from './published-packages.ts'

const packageProblems = async (tarball: Buffer): Promise<string[]> => {
  const pack = { tarball: new Uint8Array(tarball).buffer }
  const { messages, pkg } = await publint({ pack, strict: true })
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code)
}

// The packages are ESM with subpath exports, so two ways to resolve them are not promised: that of Node 10 (TypeScript's
// `moduleResolution: node`), which knows no exports, and `require()` in CommonJS, which TypeScript refuses for ESM unless
// it is told that Node 22.12 and later allow it. What is promised is `node16`, `nodenext` and `bundler` from ESM.
const isPromised = (problem: Problem): boolean =>
  !('resolutionKind' in problem) ||
  problem.resolutionKind === 'node16-esm' ||
  problem.resolutionKind === 'bundler'

const typeProblems = async (tarball: Buffer): Promise<string[]> => {
  const result = await checkPackage(createPackageFromTarballData(tarball))
  if (!result.types) return ['has no types']
  // How a name was looked up fills pages.
  const withoutTrace = (key: string, value: unknown) => (key === 'trace' ? undefined : value)
  return result.problems.filter(isPromised).map((problem) => JSON.stringify(problem, withoutTrace))
}

const folder = mkdtempSync(join(tmpdir(), 'cx-packages-'))
try {
  if (!packInto(folder)) throw new Error('npm could not pack the packages')
  const problems: string[] = []
  for (const name of publishedPackages) {
    const file = readdirSync(folder).find((each) => new RegExp(`^${name}-\\d`).test(each))
    const tarball = readFileSync(join(folder, file as string))
    const found = [...(await packageProblems(tarball)), ...(await typeProblems(tarball))]
    problems.push(...found.map((problem) => `${name}: ${problem}`))
  }
  for (const problem of problems) console.error(problem)
  console.log(`packages: ${publishedPackages.join(', ')}; ${problems.length} problems`)
  process.exitCode = problems.length > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
