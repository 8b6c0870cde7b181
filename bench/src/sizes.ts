import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type OutputChunk, rolldown } from 'rolldown'

/** What a page imports to know whose error it was; the trackers alone as well, for what they add. In `pages`. */
const contenders = {
  'rum-boundary': 'rum-boundary',
  'rum-boundary with Datadog and Sentry': 'rum-boundary-with-trackers',
  'react-error-boundary': 'react-error-boundary',
  'Sentry’s boundary': 'sentry',
  'Datadog RUM': 'datadog',
  'Datadog RUM with its boundary': 'datadog-with-boundary',
  'Grafana Faro': 'faro',
  'Grafana Faro with its boundary': 'faro-with-boundary',
} as const

interface Size {
  readonly first: number
  readonly later: number
}

/** Of the scripts a page loads first, and of those it loads when they are needed; minified, gzip -9, React beside. */
const sizeOf = async (page: string): Promise<Size> => {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(`pages/${page}.ts`, import.meta.url)),
    platform: 'browser',
    // Of React's directives, which mean nothing here.
    logLevel: 'silent',
    external: /^react(-dom)?($|\/)/,
    resolve: { conditionNames: ['cx-source', 'browser', 'import', 'default'] },
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  })
  const { output } = await bundle.generate({ format: 'es', minify: true })
  await bundle.close()
  const chunks = output.filter((file): file is OutputChunk => file.type === 'chunk')
  const isFirst = firstOf(chunks)
  const total = (of: readonly OutputChunk[]) =>
    of.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0)
  return {
    first: total(chunks.filter(isFirst)),
    later: total(chunks.filter((chunk) => !isFirst(chunk))),
  }
}

const firstOf = (chunks: readonly OutputChunk[]): ((chunk: OutputChunk) => boolean) => {
  const first = new Set<string>()
  const reach = (name: string): void => {
    if (first.has(name)) return
    first.add(name)
    for (const next of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) reach(next)
  }
  for (const { fileName, isEntry } of chunks) if (isEntry) reach(fileName)
  return ({ fileName }) => first.has(fileName)
}

console.log('\n### What a page carries, minified, gzip -9, React beside it\n')
console.log('| | loaded first, bytes | when needed, bytes |\n|---|---|---|')
for (const [name, page] of Object.entries(contenders)) {
  const { first, later } = await sizeOf(page)
  console.log(`| ${name} | ${first.toLocaleString('en-US')} | ${later.toLocaleString('en-US')} |`)
}
