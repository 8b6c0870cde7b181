import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Builder, openBuilder } from './fresh-dashboards.ts'

let folder: string
let config: string
let builder: Builder
beforeEach(async () => {
  folder = await mkdtemp(fileURLToPath(new URL('../../.fresh-test-', import.meta.url)))
  config = join(folder, 'cx-dashboards.config.mjs')
  await writeFile(
    config,
    `import { title } from './title.mjs'
     import { catalog } from 'cx-definition'
     import { defineDashboards, graph, row } from 'cx-dashboards'
     const rows = [row('Row', [graph({ name: 'API' }).requests()])]
     export default defineDashboards({
       catalog: catalog({ owners: [], features: [] }), folder: { uid: 'cx', title: 'CX' },
       dashboards: [{ uid: 'one', title, description: '', rows }] })`,
  )
  builder = openBuilder(config)
})
afterEach(async () => {
  await builder.close()
  await rm(folder, { recursive: true, force: true })
})

const write = (content: string) => writeFile(join(folder, 'title.mjs'), content)

test('a change in a file that the config imports is seen at the next load', async () => {
  await write('export const title = "before"')
  expect(await builder.build()).toMatchObject({
    dashboards: [{ uid: 'one', title: 'before' }],
  })
  await write('export const title = "after"')
  expect(await builder.build()).toMatchObject({
    dashboards: [{ uid: 'one', title: 'after' }],
  })
})

test.for([
  ['does not parse', 'export const title =', 'Unexpected'],
  ['throws', 'export const title = ""; throw new Error("no luck")', 'no luck'],
  [
    'ends the process',
    'export const title = ""; process.exit(3)',
    'ended the process that loaded it',
  ],
])('a config that %s is a problem told, not a crash', async ([, content, message]) => {
  await write(content!)
  expect(await builder.build()).toEqual({
    problem: expect.stringContaining(message!) as string,
  })
})
