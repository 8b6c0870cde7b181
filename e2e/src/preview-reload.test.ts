import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const config = (title: string, target: string) => `
import { catalog, percent } from 'cx-definition'
import { defineDashboards, graph, row } from 'cx-dashboards'
const api = graph({ name: 'API', targets: { availability: percent(${target}) } })
export default defineDashboards({
  catalog: catalog({ owners: [], features: [] }),
  folder: { uid: 'cx', title: 'CX' },
  dashboards: [{ uid: 'one', title: '${title}', description: '', rows: [row('Row', [api.availability()])] }],
})
`

let folder: string
const stops: (() => unknown)[] = []
beforeEach(async () => {
  // Inside the repository, so that the config finds the packages by name.
  folder = await mkdtemp(join(root, 'e2e', '.preview-'))
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  await rm(folder, { recursive: true, force: true })
})

const save = (title: string, target = '99') =>
  writeFile(join(folder, 'cx-dashboards.config.ts'), config(title, target))

/** As most editors do: beside the file, and then over it. */
const saveByRename = async (title: string) => {
  const temporary = join(folder, 'saved~')
  await writeFile(temporary, config(title, '99'))
  await rename(temporary, join(folder, 'cx-dashboards.config.ts'))
}

const startPreview = async (): Promise<string> => {
  const { firstLine } = preview(inject('urls').prometheus)
  return (await firstLine('stdout')).replace('preview: ', '')
}

const preview = (prometheus: string) => {
  const bin = join(root, 'packages/cx-dashboards/bin/cx-dashboards.js')
  const child = spawn(
    process.execPath,
    [bin, 'preview', '--port=0', `--prometheus=${prometheus}`],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  stops.push(async () => {
    child.kill()
    await once(child, 'close')
  })
  const firstLine = async (stream: 'stderr' | 'stdout'): Promise<string> => {
    const [line] = await once(createInterface({ input: child[stream] }), 'line')
    return line as string
  }
  return { firstLine }
}

/** The server's events, one at a time. */
const eventsOf = async (url: string) => {
  const aborted = new AbortController()
  stops.push(() => aborted.abort())
  const { body } = await fetch(`${url}/api/events`, { signal: aborted.signal })
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
  let buffered = ''
  return async (): Promise<{ event: string; data: string }> => {
    for (;;) {
      const found = /event: (.*)\ndata: (.*)\n\n/.exec(buffered)
      if (found) {
        buffered = buffered.slice(found.index + found[0].length)
        return { event: found[1] as string, data: found[2] as string }
      }
      const { done, value } = await reader.read()
      if (done) throw new Error('the server closed its events')
      buffered += value
    }
  }
}

const titleAt = async (url: string) =>
  ((await (await fetch(`${url}/api/dashboards/one`)).json()) as { title: string }).title

test('a saved definition is shown at once, a broken one is told and the last good one stays', async () => {
  await save('Before')
  const url = await startPreview()
  const next = await eventsOf(url)
  expect(await titleAt(url)).toBe('Before')

  const saved = performance.now()
  await save('After')
  expect(await next()).toMatchObject({ event: 'change' })
  console.log(`a saved definition was served after ${Math.round(performance.now() - saved)} ms`)
  expect(await titleAt(url)).toBe('After')

  await save('Broken', '101')
  const { data, event } = await next()
  expect(event).toBe('problem')
  expect(data).toContain('a target of 101 % cannot be met or missed')
  expect(await titleAt(url)).toBe('After')

  await save('Mended')
  expect(await next()).toMatchObject({ event: 'change' })
  expect(await titleAt(url)).toBe('Mended')
})

test('where Prometheus does not answer, the terminal says so', async () => {
  await save('Before')
  const { firstLine } = preview('http://127.0.0.1:9')
  expect(await firstLine('stderr')).toMatch(
    /^preview: panels are empty\. Prometheus at http:\/\/127\.0\.0\.1:9 does not answer .* --prometheus URL$/,
  )
})

test('editors that save by renaming are seen each time', async () => {
  await save('Before')
  const url = await startPreview()
  const next = await eventsOf(url)
  for (const title of ['First', 'Second', 'Third']) {
    await saveByRename(title)
    expect(await next()).toMatchObject({ event: 'change' })
    expect(await titleAt(url)).toBe(title)
  }
  await save('In place')
  expect(await next()).toMatchObject({ event: 'change' })
  expect(await titleAt(url)).toBe('In place')
})

test('a page that is opened while the definition is broken is told so', async () => {
  await save('Before')
  const url = await startPreview()
  const first = await eventsOf(url)
  await save('Broken', '101')
  expect(await first()).toMatchObject({ event: 'problem' })
  const second = await eventsOf(url)
  expect(await second()).toMatchObject({ event: 'problem' })
})
