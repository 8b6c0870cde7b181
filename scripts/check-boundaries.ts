import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'
import { type FileImports, problemsOf, type Project } from './boundaries.ts'
import { root } from './root.ts'

const specifiersIn = (file: string): string[] => {
  const source = readFileSync(file, 'utf8')
  const { module } = parseSync(file, source)
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    // Only a literal says where it leads; what is computed is left to the reader.
    ...module.dynamicImports.flatMap(
      ({ moduleRequest }) =>
        /^['"](.*)['"]$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[1] ?? [],
    ),
  ]
}

const rootManifest: { readonly workspaces: string[] } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)

const projects: Project[] = globSync(
  rootManifest.workspaces.map((pattern) => `${pattern}/package.json`),
  { cwd: root },
).map((manifest) => ({
  folder: dirname(manifest).replaceAll('\\', '/'),
  manifest: JSON.parse(readFileSync(join(root, manifest), 'utf8')) as Project['manifest'],
}))

const files: FileImports[] = projects.flatMap(({ folder }) =>
  globSync(`${folder}/**/*.{ts,tsx,mts,js,mjs}`, {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist|\.[^/]+)$/.test(path),
  }).map((name) => {
    const file = name.replaceAll('\\', '/')
    const specifiers = specifiersIn(join(root, file))
    const isRelative = (specifier: string) => specifier.startsWith('.')
    const target = (specifier: string) =>
      relative(root, resolve(root, dirname(file), specifier)).replaceAll('\\', '/')
    return {
      file,
      packages: specifiers.filter((specifier) => !isRelative(specifier)),
      paths: specifiers.filter(isRelative).map(target),
    }
  }),
)

const problems = problemsOf(projects, files)
for (const problem of problems) console.error(problem)
console.log(`boundaries: ${files.length} files, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
