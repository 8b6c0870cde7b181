import type { WriteStream } from 'node:tty'

export interface Progress {
  /** What is being done: one line that changes on a terminal, nothing elsewhere. */
  readonly show: (text: string) => void
  /** What stays. */
  readonly line: (text: string) => void
  /** Takes the changing line away. */
  readonly clear: () => void
}

type Output = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number }

export const progressOn = (output: Output): Progress => {
  const clear = () => {
    if (output.isTTY) output.write('\r\u001B[2K')
  }
  return {
    // A line that wraps could not be taken away again.
    show: (text) => {
      if (!output.isTTY) return
      clear()
      output.write(text.slice(0, (output.columns || 80) - 1))
    },
    line: (text) => {
      clear()
      output.write(`${text}\n`)
    },
    clear,
  }
}
