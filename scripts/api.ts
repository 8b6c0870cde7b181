// Writes docs/api from the built declarations; with --check it only tells whether what is there is current.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, entryPage } from './api/entry-page.ts'
import type { Declaration } from './api/declaration-file.ts'
import { type EntryPoint, readEntryPoint } from './api/entry-point.ts'
import { publishedPackages } from './published-packages.ts'
import { root } from './root.ts'
import { run } from './run.ts'

const folder = join(root, 'docs/api')

interface Manifest {
  readonly description: string
  readonly exports: Readonly<Record<string, { readonly types: string }>>
}

const entryPointsOf = (name: string): EntryPoint[] => {
  const home = join(root, 'packages', name)
  return Object.entries(manifestOf(name).exports).map(([subpath, { types }]) =>
    readEntryPoint(`${name}${subpath.slice(1)}`, join(home, types)),
  )
}

const manifestOf = (name: string): Manifest =>
  JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'))

const pages = async (entries: readonly EntryPoint[]): Promise<Map<string, string>> => {
  const written = new Map<string, string>([['README.md', indexPage(entries)]])
  for (const entry of entries) written.set(`${entry.specifier}.md`, await entryPage(entry))
  return written
}

const indexPage = (entries: readonly EntryPoint[]): string =>
  [
    '# API\n\nWhat each package offers, generated from the declarations by `npm run api`.',
    ...publishedPackages.map((name) => {
      const own = entries.filter(({ specifier }) => specifier.split('/')[0] === name)
      const lines = own.map(({ specifier }) => `- [\`${specifier}\`](${specifier}.md)`)
      return `## ${name}\n\n${manifestOf(name).description}.\n\n${lines.join('\n')}`
    }),
  ].join('\n\n') + '\n'

/** Names of pages that are not as they should be, or should not be. */
const staleIn = (wanted: ReadonlyMap<string, string>): string[] => {
  const there = globSync('**/*.md', { cwd: folder }).map((name) => name.replaceAll('\\', '/'))
  const isCurrent = (name: string) =>
    existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8') === wanted.get(name)
  return [...new Set([...wanted.keys(), ...there])].filter((name) => !isCurrent(name)).sort()
}

const write = (wanted: ReadonlyMap<string, string>): void => {
  rmSync(folder, { recursive: true, force: true })
  for (const [name, page] of wanted) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), page)
  }
}

/** An alias says what it is by what it stands for, and options are told where they are taken. */
const isSilent = (declaration: Declaration): boolean =>
  describe(declaration) === '' && !/^type |^interface \w+Options\b/.test(declaration.code)

const main = async (): Promise<boolean> => {
  if (!run('nx', ['run-many', '-t', 'build', '-p', ...publishedPackages, '--output-style=static']))
    return false
  const entries = publishedPackages.flatMap(entryPointsOf)
  const wanted = await pages(entries)
  if (process.argv.includes('--check')) {
    const stale = staleIn(wanted)
    if (stale.length > 0)
      console.error(`docs/api is behind the code, run npm run api: ${stale.join(', ')}`)
    return stale.length === 0
  }
  write(wanted)
  for (const { exports, specifier } of entries)
    for (const each of exports)
      if ('declaration' in each && isSilent(each.declaration))
        console.log(`${specifier}: ${each.name} has no docstring`)
  console.log(`${wanted.size} pages in docs/api`)
  return true
}

process.exitCode = (await main()) ? 0 : 1
