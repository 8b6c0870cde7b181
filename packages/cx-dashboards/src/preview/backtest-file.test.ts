import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readBacktest } from './backtest-file.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backtest-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a backtest comes as it was written', async () => {
  const file = join(folder, 'backtest.json')
  const content = '{ "alerts": [], "errorRatios": [], "problems": [] }'
  await writeFile(file, content)
  expect(await readBacktest(file)).toBe(content)
})

test.for(['', '{', 'null', '[]', '{ "alerts": [] }'])('%j is no backtest', async (content) => {
  const file = join(folder, 'other.json')
  await writeFile(file, content)
  await expect(readBacktest(file)).rejects.toThrow(
    `${file} holds no backtest. Name the backtest.json that cx-dashboards backtest --out wrote.`,
  )
})

test('a file that is not there is named', async () => {
  await expect(readBacktest(join(folder, 'none.json'))).rejects.toThrow(/--backtest .*none\.json/)
})
