import { readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'

/** One name that a `.d.ts` file declares; overloads and namesakes are one. */
export interface Declaration {
  readonly name: string
  readonly isType: boolean
  /** What the docstring says, without its stars; empty when there is none. */
  readonly doc: string
  /** As tsc wrote it, without `export` and `declare`. */
  readonly code: string
  /** The types that it names. */
  readonly uses: ReadonlySet<string>
}

/** A name of another module. */
export interface Import {
  readonly name: string
  readonly from: string
}

export interface DeclarationFile {
  readonly declarations: ReadonlyMap<string, Declaration>
  /** By the name under which the file knows it. */
  readonly imports: ReadonlyMap<string, Import>
  /** What the file calls it, or where it comes from, by the name that importers use. */
  readonly exports: ReadonlyMap<string, string | Import>
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** Reads what tsc wrote: every type is spelled out there, so that no compiler is needed to tell it. */
export const readDeclarations = (file: string): DeclarationFile => {
  const source = readFileSync(file, 'utf8')
  const { comments, errors, module, program } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)

  const docBefore = (start: number): string => {
    const comment = comments.findLast(({ end }) => end <= start)
    if (!comment?.value.startsWith('*')) return ''
    return source.slice(comment.end, start).trim() === '' ? withoutStars(comment.value) : ''
  }

  const declarations = new Map<string, Declaration>()
  for (const statement of program.body as unknown as Node[]) {
    const node = (statement.declaration ?? statement) as Node
    const name = nameOf(node)
    if (name === undefined) continue
    const code = source.slice(node.start, node.end).replace(/^declare /, '')
    const doc = docBefore(statement.start)
    const earlier = declarations.get(name)
    declarations.set(name, {
      name,
      isType: (earlier?.isType ?? true) && /^TS(Interface|TypeAlias)/.test(node.type),
      doc: [earlier?.doc, doc].filter(Boolean).join('\n\n'),
      code: [earlier?.code, code].filter(Boolean).join('\n'),
      uses: new Set([...(earlier?.uses ?? []), ...typeNamesIn(node)]),
    })
  }

  const imports = new Map<string, Import>()
  for (const { entries, moduleRequest } of module.staticImports)
    for (const { importName, localName } of entries)
      imports.set(localName.value, {
        name: importName.name ?? 'default',
        from: moduleRequest.value,
      })

  const exports = new Map<string, string | Import>()
  for (const { entries } of module.staticExports)
    for (const { exportName, importName, localName, moduleRequest } of entries) {
      const name = exportName.name ?? 'default'
      if (moduleRequest)
        exports.set(name, { name: importName.name ?? 'default', from: moduleRequest.value })
      else if (localName.name !== null) exports.set(name, localName.name)
    }
  return { declarations, imports, exports }
}

const nameOf = (node: Node): string | undefined => {
  if (node.type === 'VariableDeclaration') {
    const [declarator] = node.declarations as readonly { id: { name: string } }[]
    return declarator?.id.name
  }
  if (/^(TS|Class|Function).*Declaration$|^TSDeclareFunction$/.test(node.type))
    return (node.id as { name: string }).name
  return undefined
}

const withoutStars = (comment: string): string =>
  comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim()

const namingKeys = ['typeName', 'exprName', 'expression'] as const

const typeNamesIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(typeNamesIn)
  if (typeof value !== 'object' || value === null) return []
  const node = value as Node
  const named = namingKeys.flatMap((key) => {
    const target = node[key] as { type?: string; name?: string } | undefined
    return target?.type === 'Identifier' && target.name !== undefined ? [target.name] : []
  })
  return [...named, ...Object.values(node).flatMap(typeNamesIn)]
}
