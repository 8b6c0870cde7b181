import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundle } from './testing/bundle.ts'

test('what a page loads first is at most 4,096 bytes beside React, and neither SDK nor scrubber', async () => {
  const files = await bundle(`
    import * as boundary from './index.ts'
    import { datadogSink } from './datadog.ts'
    import { sentrySink } from './sentry.ts'
    globalThis.all = { ...boundary, datadogSink, sentrySink }
  `)
  const page = files.get('page.js')!
  const initial = [page, ...page.imports.flatMap((name) => files.get(name) ?? [])]
  const code = initial.map((file) => file.code).join('\n')
  const bytes = gzipSync(code, { level: 9 }).length
  console.log(`rum-boundary: ${code.length} bytes, ${bytes} gzip -9`)
  expect(bytes).toBeLessThanOrEqual(4096)
  expect(page.dynamicImports).toHaveLength(2)
  const modules = initial.flatMap(({ moduleIds }) => moduleIds)
  expect(modules.filter((id) => /datadog\/|@sentry|scrub|privacy/.test(id))).toEqual([])
})
