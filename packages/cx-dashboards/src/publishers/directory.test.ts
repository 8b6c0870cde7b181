import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeArtifacts } from './directory.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cx-dashboards-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const artifact = { path: 'grafana/one.json', content: '{}\n' }

test('artifacts are written below the folder, and over what was there', async () => {
  await writeArtifacts(folder, [{ ...artifact, content: 'old' }])
  await writeArtifacts(folder, [artifact])
  expect(await readFile(join(folder, 'grafana/one.json'), 'utf8')).toBe('{}\n')
})

test('a place that cannot be written to is named, and leaves no half of a file', async () => {
  await mkdir(join(folder, 'grafana/one.json'), { recursive: true })
  await writeFile(join(folder, 'grafana/one.json/kept'), '')
  await expect(writeArtifacts(folder, [artifact])).rejects.toThrow(
    'grafana/one.json cannot be written',
  )
  expect(await readdir(join(folder, 'grafana'))).toEqual(['one.json'])
})
