import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { entryPage } from './entry-page.ts'
import { readEntryPoint } from './entry-point.ts'

/** The page of `index.d.ts` among files as tsc writes them. */
const pageOf = (files: Readonly<Record<string, string>>): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'cx-api-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return entryPage(readEntryPoint('some-package', join(folder, 'index.d.ts')))
}

test('a name is followed to the file that declares it, with its docstring and its signature', async () => {
  const page = await pageOf({
    'index.d.ts': "export { openDoor as open, type Door } from './door.ts';\n",
    'door.d.ts': `
/**
 * Opens a door.
 * @throws {RangeError} when it is locked
 */
export declare const openDoor: (door: Door) => void;
export interface Door {
    /** In metres. */
    readonly width: number;
}
`,
  })
  expect(page).toContain(
    '## Values\n\n### open\n\nOpens a door.\n\nThrows `RangeError` when it is locked\n\n' +
      '```ts\nconst openDoor: (door: Door) => void\n```\n',
  )
  expect(page).toContain(
    '## Types\n\n### Door\n\n```ts\ninterface Door {\n  /** In metres. */\n  readonly width: number\n}\n```\n',
  )
})

test('a type that an exported one names is shown once, and what that names is not', async () => {
  const page = await pageOf({
    'index.d.ts': `
import { type Key } from './key.ts';
export declare const lock: (key: Key) => Key;
`,
    'key.d.ts': `
interface Metal {}
export interface Key { readonly of: Metal }
`,
  })
  expect(page.match(/### Key/g)).toHaveLength(1)
  expect(page).toContain('## Named by these\n\n### Key')
  expect(page).not.toContain('### Metal')
})

test('overloads stand together, and a default export has no name of its own', async () => {
  const page = await pageOf({
    'index.d.ts': `
/** One. */
export declare function pick(one: string): string;
export declare function pick(many: string[]): string[];
declare const _default: typeof pick;
export default _default;
`,
  })
  expect(page).toContain(
    '### pick\n\nOne.\n\n```ts\nfunction pick(one: string): string\nfunction pick(many: string[]): string[]\n```',
  )
  expect(page).toContain('### The default export\n\n```ts\nexport default: typeof pick\n```')
})

test('what carries a description needs no docstring', async () => {
  const page = await pageOf({
    'index.d.ts':
      "export declare const requests: {\n    readonly description: 'Requests answered.';\n};\n",
  })
  expect(page).toContain('### requests\n\nRequests answered.\n')
})

test('what another package has is named and not shown; an entry may have nothing to import', async () => {
  expect(await pageOf({ 'index.d.ts': "export { percent } from 'cx-definition';\n" })).toContain(
    '- `percent` from `cx-definition`',
  )
  expect(await pageOf({ 'index.d.ts': 'export {};\n' })).toContain('Nothing to import by name')
})

test('an export that leads nowhere is an error', async () => {
  const files = { 'index.d.ts': "export { gone } from './door.ts';\n", 'door.d.ts': 'export {};\n' }
  await expect(async () => pageOf(files)).rejects.toThrow(/door\.d\.ts does not export gone/)
})
