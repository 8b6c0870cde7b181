import { format } from 'oxfmt'
import type { Declaration } from './declaration-file.ts'
import type { EntryPoint } from './entry-point.ts'

/** An entry point as a page of markdown: each name with its docstring and its signature. */
export const entryPage = async (entry: EntryPoint): Promise<string> => {
  const own = entry.exports.flatMap((each) => ('declaration' in each ? [each] : []))
  const sections = [
    ['Values', own.filter(({ declaration }) => !declaration.isType)],
    ['Types', own.filter(({ declaration }) => declaration.isType)],
    ['Named by these', entry.named.map((declaration) => ({ name: declaration.name, declaration }))],
  ] as const

  const parts = [`# ${entry.specifier}`, 'Generated from the declarations by `npm run api`.']
  for (const [title, names] of sections) {
    if (names.length > 0) parts.push(`## ${title}`)
    for (const { declaration, name } of names) {
      parts.push(`### ${name === 'default' ? 'The default export' : name}`)
      const text = describe(declaration)
      if (text !== '') parts.push(text)
      parts.push(`\`\`\`ts\n${await prettyCode(declaration)}\n\`\`\``)
    }
  }
  const others = entry.exports.flatMap((each) => ('from' in each ? [each] : []))
  if (others.length > 0)
    parts.push(
      '## From other packages',
      others.map(({ from, name }) => `- \`${name}\` from \`${from}\``).join('\n'),
    )
  if (entry.exports.length === 0)
    parts.push('Nothing to import by name: it is for `import` and `node --import`.')
  return `${parts.join('\n\n')}\n`
}

/** Its docstring, or what it says of itself where it carries a description, as instruments do. */
export const describe = ({ code, doc }: Declaration): string =>
  doc === '' ? (/\breadonly description: (['"])(.*?)\1;/.exec(code)?.[2] ?? '') : markdownOf(doc)

/** Block tags as sentences; the rest of a docstring is markdown already. */
const markdownOf = (doc: string): string =>
  doc
    .replaceAll(/^@throws\s+\{?([\w.]+)\}?/gm, '\nThrows `$1`')
    .replaceAll(/^@returns\s+/gm, '\nReturns ')
    .replaceAll(/^@param\s+(\S+)\s+/gm, '\n`$1`: ')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()

const prettyCode = async ({ code }: Declaration): Promise<string> => {
  // What has no name of its own tsc calls _default.
  const named = code.replace(/^const _default\b/, 'const theDefault')
  const pretty = await format(
    'api.d.ts',
    named.replaceAll(/^(?=const|class|function)/gm, 'declare '),
    {
      semi: false,
      singleQuote: true,
      printWidth: 100,
    },
  )
  if (pretty.errors.length > 0) throw new Error(`${pretty.errors[0]?.message}: ${code}`)
  return pretty.code
    .trim()
    .replaceAll(/^declare /gm, '')
    .replace(/^const theDefault\b/, 'export default')
}
