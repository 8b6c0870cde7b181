import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OutputChunk, rolldown } from 'rolldown'

/** By file name: what its source is changed into, to show that the tests see what a scrubber does. */
export type Mutations = Readonly<Record<string, (source: string) => string>>

const folder = new URL('../', import.meta.url)

/** Scripts by file name, `page.js` first, with some sources changed on the way. */
export const bundleMutated = async (
  script: string,
  platform: 'browser' | 'node',
  mutations: Mutations,
): Promise<Map<string, OutputChunk>> => {
  const entry = fileURLToPath(new URL('page.ts', folder))
  const unused = new Set(Object.keys(mutations))
  const built = await rolldown({
    input: entry,
    platform,
    ...(platform === 'node' && { external: /^(node:|fastify$|css-tree$)/ }),
    resolve: { conditionNames: ['cx-source', platform, 'import', 'default'] },
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'the page of the test',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? script : undefined),
        transform: (code, id) => {
          const mutate = mutations[basename(id)]
          if (!mutate || !id.startsWith(fileURLToPath(folder))) return undefined
          unused.delete(basename(id))
          const changed = mutate(code)
          if (changed === code) throw new Error(`nothing to change in ${id}`)
          return changed
        },
      },
    ],
  })
  try {
    const { output } = await built.generate({
      format: 'es',
      minify: platform === 'browser',
      entryFileNames: 'page.js',
      chunkFileNames: '[name].js',
    })
    return new Map(
      output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])),
    )
  } finally {
    await built.close()
  }
}
