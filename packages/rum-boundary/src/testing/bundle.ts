import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type OutputChunk, rolldown } from 'rolldown'

/** Which React a page of the tests carries, and how it was built. */
export interface ReactBuild {
  readonly version: 18 | 19
  readonly mode: 'production' | 'development'
}

const folder = new URL('../', import.meta.url)
const reactFolders = {
  18: new URL('../../../../apps/react-18/', import.meta.url),
  19: new URL('../../', import.meta.url),
}
const reactEntries = ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime']

/** Scripts by file name, `page.js` first. Without a build, React is left out. */
export const bundle = async (
  script: string,
  react?: ReactBuild,
): Promise<Map<string, OutputChunk>> => {
  const entry = fileURLToPath(new URL('page.tsx', folder))
  const require = createRequire(reactFolders[react?.version ?? 19])
  const built = await rolldown({
    input: entry,
    platform: 'browser',
    ...(!react && { external: /^react(-dom)?($|\/)/ }),
    resolve: {
      conditionNames: ['cx-source', 'browser', 'import', 'default'],
      ...(react && {
        alias: Object.fromEntries(
          reactEntries
            .toSorted((one, other) => other.length - one.length)
            .map((name) => [name, require.resolve(name)]),
        ),
      }),
    },
    transform: {
      define: { 'process.env.NODE_ENV': JSON.stringify(react?.mode ?? 'production') },
      jsx: { runtime: 'automatic' },
    },
    plugins: [
      {
        name: 'the page of the test',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? script : undefined),
      },
    ],
  })
  try {
    const { output } = await built.generate({
      format: 'es',
      minify: react?.mode !== 'development',
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
