import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import type { Trial } from './rule-mutation-trials.ts'

const { promtool } = findPrometheus(() => {})

/** Whether a test of them fails. @throws Error if that cannot be told */
export const isKilled = async (
  { rules, tests }: Omit<Trial, 'title'>,
  name: string,
): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'rule-mutant-'))
  try {
    writeFileSync(join(folder, `${name}.rules.yml`), rules)
    for (const { file, tests: content } of tests.filter((one) => one.tests.tests.length > 0)) {
      writeFileSync(join(folder, file), stringify(content))
      if (!(await passes(folder, file))) return true
    }
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const passes = (folder: string, file: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const options = { cwd: folder, timeout: 600_000, maxBuffer: 2 ** 28 }
    execFile(promtool, ['test', 'rules', file], options, (error, stdout, stderr) => {
      const said = stdout + stderr
      if (!error) resolve(true)
      else if (error.code === 1 && said.includes('FAILED') && !said.includes('could not parse'))
        resolve(false)
      else reject(new Error(`promtool could not tell: ${said.slice(0, 2000)}`, { cause: error }))
    })
  })

/** The titles of those that no test fails; two at a time. */
export const survivorsOf = async (name: string, trials: readonly Trial[]): Promise<string[]> => {
  const left = [...trials]
  const found: string[] = []
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      if (!(await isKilled(next, name))) found.push(next.title)
    }
  }
  await Promise.all([work(), work()])
  return found
}
