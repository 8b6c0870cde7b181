import { expect, test } from 'vitest'
import { progressOn } from './progress.ts'

const output = (terminal: { readonly isTTY?: boolean; readonly columns?: number }) => {
  let written = ''
  const write = (text: string) => {
    written += text
    return true
  }
  return { ...terminal, write, written: () => written }
}

test('on a terminal one line changes and never wraps, and what stays stands above it', () => {
  const stream = output({ isTTY: true, columns: 6 })
  const progress = progressOn(stream)
  progress.show('1/2 a long name')
  progress.line('done')
  progress.show('2/2')
  progress.clear()
  expect(stream.written()).toBe('\r\u001B[2K1/2 a\r\u001B[2Kdone\n\r\u001B[2K2/2\r\u001B[2K')
})

test('elsewhere there are plain lines of what was done', () => {
  const stream = output({})
  const progress = progressOn(stream)
  progress.show('1/2')
  progress.line('done')
  progress.clear()
  expect(stream.written()).toBe('done\n')
})
