import { dirname, resolve } from 'node:path'
import {
  type Declaration,
  type DeclarationFile,
  type Import,
  readDeclarations,
} from './declaration-file.ts'

export interface EntryPoint {
  /** As one imports it, such as `cx-metrics/fastify`. */
  readonly specifier: string
  /** In the order of the entry's file; `from` where another package has it. */
  readonly exports: readonly Exported[]
  /** Types of the package that are not exported here and that those which are name. */
  readonly named: readonly Declaration[]
}

export type Exported =
  | { readonly name: string; readonly declaration: Declaration }
  | { readonly name: string; readonly from: string }

/** What a package's entry offers, followed through its files. */
export const readEntryPoint = (specifier: string, file: string): EntryPoint => {
  const files = new Map<string, DeclarationFile>()
  const read = (path: string): DeclarationFile => {
    const known = files.get(path) ?? readDeclarations(path)
    files.set(path, known)
    return known
  }

  const find = (path: string, wanted: string | Import): Found | { readonly from: string } => {
    if (typeof wanted !== 'string') {
      if (!wanted.from.startsWith('.')) return { from: wanted.from }
      const target = resolve(dirname(path), wanted.from.replace(/\.([jt])sx?$/, '.d.ts'))
      const inside = read(target).exports.get(wanted.name)
      if (inside === undefined) throw new Error(`${target} does not export ${wanted.name}`)
      return find(target, inside)
    }
    const { declarations, imports } = read(path)
    const declaration = declarations.get(wanted)
    if (declaration) return { path, declaration }
    const imported = imports.get(wanted)
    if (imported) return find(path, imported)
    throw new Error(`${path} has no ${wanted}`)
  }

  const exported: Exported[] = []
  const shown = new Set<Declaration>()
  const own: Found[] = []
  for (const [name, target] of read(file).exports) {
    const found = find(file, target)
    if ('from' in found) {
      exported.push({ name, from: found.from })
      continue
    }
    exported.push({ name, declaration: found.declaration })
    shown.add(found.declaration)
    own.push(found)
  }

  const named: Declaration[] = []
  for (const { declaration, path } of own) {
    const { declarations, imports } = read(path)
    for (const name of declaration.uses) {
      // A type parameter, or a type of the language.
      if (!declarations.has(name) && !imports.has(name)) continue
      const found = find(path, name)
      if ('from' in found || shown.has(found.declaration)) continue
      shown.add(found.declaration)
      named.push(found.declaration)
    }
  }
  return { specifier, exports: exported, named }
}

interface Found {
  readonly path: string
  readonly declaration: Declaration
}
