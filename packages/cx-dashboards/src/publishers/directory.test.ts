import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hasGeneratedPart, newPage, withGeneratedPart } from '../runbooks/generated-part.ts'
import { leftBehind, writeArtifacts } from './directory.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cx-dashboards-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const artifact = { path: 'grafana/one.json', content: '{}\n' }

/** A page that people write into as well. */
const page = (text: string, path = 'runbooks/one.md') => ({
  path,
  content: newPage(text),
  keeping: (existing: string) => withGeneratedPart(existing, text),
})

const put = async (path: string, content: string | Buffer) => {
  await mkdir(join(folder, path, '..'), { recursive: true })
  await writeFile(join(folder, path), content)
}
const get = (path: string) => readFile(join(folder, path), 'utf8')

test('artifacts are written below the folder, and over what was there', async () => {
  await writeArtifacts(folder, [{ ...artifact, content: 'old' }])
  await writeArtifacts(folder, [artifact])
  expect(await get('grafana/one.json')).toBe('{}\n')
})

test('a place that cannot be written to is named, and leaves no half of a file', async () => {
  await mkdir(join(folder, 'grafana/one.json'), { recursive: true })
  await writeFile(join(folder, 'grafana/one.json/kept'), '')
  await expect(writeArtifacts(folder, [artifact])).rejects.toThrow(
    'grafana/one.json cannot be written',
  )
  expect(await readdir(join(folder, 'grafana'))).toEqual(['one.json'])
})

test('what people wrote around a generated part is kept through builds', async () => {
  await writeArtifacts(folder, [page('old')])
  await put('runbooks/one.md', `\uFEFFabove\r\n${await get('runbooks/one.md')}below, no line end`)
  await writeArtifacts(folder, [page('new')])
  await writeArtifacts(folder, [page('new')])
  expect(await get('runbooks/one.md')).toBe(`\uFEFFabove\r\n${newPage('new')}below, no line end`)
})

test('a file that somebody wrote whole is not touched', async () => {
  await put('runbooks/one.md', '# Ours\n')
  await chmod(join(folder, 'runbooks/one.md'), 0o640)
  const before = await stat(join(folder, 'runbooks/one.md'))
  expect(await writeArtifacts(folder, [page('new'), artifact])).toEqual([
    { path: 'runbooks/one.md', outcome: 'kept' },
    { path: 'grafana/one.json', outcome: 'wrote' },
  ])
  const after = await stat(join(folder, 'runbooks/one.md'))
  expect([after.ino, after.mtimeMs, after.mode]).toEqual([before.ino, before.mtimeMs, before.mode])
})

test.for([
  [
    'a damaged mark',
    newPage('old').replace('<!-- cx-dashboards: end', '<!-- end'),
    'begins at line 1',
  ],
  ['text that is not UTF-8', Buffer.from([0x23, 0xe9, 0x0a]), 'it is not UTF-8'],
] as const)('%s stops the build before anything is written', async ([, content, message]) => {
  await put('runbooks/one.md', content)
  const writing = writeArtifacts(folder, [artifact, page('new')])
  await expect(writing).rejects.toThrow(message)
  await expect(writing).rejects.toThrow('runbooks/one.md')
  expect(await readFile(join(folder, 'runbooks/one.md'))).toEqual(Buffer.from(content))
  expect(await readdir(folder)).toEqual(['runbooks'])
})

test('pages of alerts that are gone are named, and others’ files are not', async () => {
  const artifacts = [page('x'), artifact]
  await put('runbooks/gone.md', newPage('gone'))
  await put('runbooks/README.md', '# Ours\n')
  await put('grafana/gone.json', '{}')
  await writeArtifacts(folder, artifacts)
  expect(await leftBehind(folder, artifacts, hasGeneratedPart)).toEqual(['runbooks/gone.md'])
  expect(await get('runbooks/gone.md')).toBe(newPage('gone'))
})
