// What GitHub's and CommonMark's readers take for markup: https://spec.commonmark.org/0.31.2/#backslash-escapes

/** Text that stands for itself, on one line. */
export const plain = (text: string): string =>
  oneLine(text)
    .replaceAll(/[\\`*_[\]<>|&~$#]/g, String.raw`\$&`)
    // At the begin of a line these would make a list, a rule or a heading.
    .replace(/^[-+=:]/, String.raw`\$&`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)

/** Code in a line. Not in a table, where a bar would end its cell. */
export const code = (text: string): string => {
  const inner = oneLine(text)
  const fence = '`'.repeat(longestRun(inner) + 1)
  const gap = /^`|`$|^ .* $/.test(inner) ? ' ' : ''
  return `${fence}${gap}${inner}${gap}${fence}`
}

/** Lines of code, to be copied. */
export const block = (language: string, text: string): string => {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text}\n${fence}`
}

export const link = (text: string, address: string): string => markdownLink(plain(text), address)

/** @param text is Markdown already */
export const markdownLink = (text: string, address: string): string =>
  `[${text}](<${address.replaceAll(/[<>\\\s]/g, encodeURIComponent)}>)`

/** @param rows cells are Markdown already */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

export const numbered = (items: readonly string[]): string =>
  items
    .map((item, index) => {
      const mark = `${index + 1}. `
      return mark + item.replaceAll(/\n(?!\n)/g, `\n${' '.repeat(mark.length)}`)
    })
    .join('\n\n')

export const bulleted = (items: readonly string[]): string =>
  items.map((item) => `- ${item}`).join('\n')

/** Parts of a page with a line between; what is left out leaves none. */
export const paragraphs = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n')

const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
