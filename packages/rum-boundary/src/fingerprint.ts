import { describeError } from './describe-error.ts'

const mostOfMessage = 200
const mostOfStack = 2000

/** The same for errors that differ in what they quote alone: their kind, the message's shape, the place. */
export const fingerprint = (error: unknown): string => {
  const { message, name, stack } = describeError(error)
  const shape = message.slice(0, mostOfMessage).replace(/(["'`]).*?\1|[\da-f]*\d[\da-f]*/gi, '#')
  const [place = ''] = /^.*:\d+:\d+\)?$/m.exec(afterMessage(stack, message)) ?? []
  return [name, shape, place].join('|')
}

/** V8 begins a stack with the message, which may be long and look like a place. */
const afterMessage = (stack: string, message: string): string => {
  const start = message ? stack.indexOf(message) : -1
  const from = start < 0 ? 0 : start + message.length
  return stack.slice(from, from + mostOfStack)
}
