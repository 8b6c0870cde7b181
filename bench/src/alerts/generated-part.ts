import { readFileSync, writeFileSync } from 'node:fs'

const begin = '<!-- written by npm run simulate -->'
const end = '<!-- end -->'

/**
 * Replaces what stands between a file's two markers.
 * @throws Error where the file lacks them
 */
export const replacePart = (path: string, part: string): void => {
  const text = readFileSync(path, 'utf8')
  const [before, rest] = split(text, begin, path)
  const [, after] = split(rest, end, path)
  writeFileSync(path, `${before}${begin}\n\n${part}\n\n${end}${after}`)
}

const split = (text: string, marker: string, path: string): readonly [string, string] => {
  const at = text.indexOf(marker)
  if (at < 0) throw new Error(`${path} has no ${marker}`)
  return [text.slice(0, at), text.slice(at + marker.length)]
}
