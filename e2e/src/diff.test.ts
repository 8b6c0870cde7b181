import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const changed = join(import.meta.dirname, 'changed.config.ts')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cx-diff-'))
  await cli('build', '--out', folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The command on the sample, from its sources. */
const cli = async (...args: readonly string[]) => {
  const main = join(root, 'packages/cx-dashboards/src/cli.ts')
  const script = `import { main } from ${JSON.stringify(main)}; process.exitCode = await main(process.argv.slice(1))`
  const child = spawn(
    process.execPath,
    ['--conditions=cx-source', '--input-type=module', '--eval', script, '--', ...args],
    { cwd: join(root, 'apps/catalog'), env: { PATH: process.env['PATH'] } },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  const [code] = await once(child, 'close')
  return { code: code as number, stdout: stdout.replaceAll(folder, 'FOLDER'), stderr }
}

test('the sample as it was just built is the same', async () => {
  const { code, stderr, stdout } = await cli('diff', '--against', folder)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/\n\d+ the same\.\n$/)
})

test('a build in schema v2 is compared in schema v2', async () => {
  const other = await mkdtemp(join(tmpdir(), 'cx-diff-'))
  onTestFinished(() => rm(other, { recursive: true, force: true }))
  await cli('build', '--schema', 'v2', '--out', other)
  expect((await cli('diff', '--against', other)).code).toBe(0)
  const { code, stdout } = await cli('diff', '--config', changed, '--against', other)
  expect(code).toBe(2)
  expect(stdout).toContain('~ dashboard cx-objective-documents-availability')
  expect(stdout).not.toContain('cannot be told')
})

test('a changed sample is told as a person would tell it', async () => {
  const { code, stderr, stdout } = await cli('diff', '--config', changed, '--against', folder)
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
  expect(stdout).toContain('- dashboard cx-objective-documents-write-latency would be removed')
  expect(stdout).toMatch(/~ dashboard cx-objective-documents-availability “[^”]+” would change\n/)
  const [, rules = ''] = /(Rules in FOLDER[^]*)\n\n\d+ would/.exec(stdout) ?? []
  // After a change that is meant: vitest run --update of this file, and read the diff.
  await expect(rules).toMatchFileSnapshot('golden/diff.golden.txt')
})

test('a pull request’s comment about it is the same each time', async () => {
  const args = ['diff', '--config', changed, '--against', folder, '--markdown']
  const [first, second] = [await cli(...args), await cli(...args)]
  expect(first.code).toBe(2)
  expect(first.stdout).toBe(second.stdout)
  expect(first.stdout).toContain('promised: 99 % → 99.9 %')
  expect(first.stdout.length).toBeLessThan(65_000)
})
