import { readFile } from 'node:fs/promises'

/**
 * The value of the Authorization header from `<PREFIX>_TOKEN`, `<PREFIX>_TOKEN_FILE`, or
 * `<PREFIX>_USER` and `<PREFIX>_PASSWORD`; undefined where none is set. Secrets never stand in a message.
 */
export const authorizationFrom = async (
  env: NodeJS.ProcessEnv,
  prefix: string,
  system: string,
): Promise<string | undefined> => {
  const value = (name: string) => env[`${prefix}_${name}`]
  const file = value('TOKEN_FILE')
  const token = value('TOKEN') || (file && (await tokenIn(`${prefix}_TOKEN_FILE`, file)))
  if (token) return `Bearer ${printable(`the ${system} token`, token.trim())}`
  const user = value('USER')
  if (!user) return undefined
  const password = value('PASSWORD')
  if (!password) {
    throw new Error(
      `${prefix}_USER is set, ${prefix}_PASSWORD is not. Give both, or ${prefix}_TOKEN.`,
    )
  }
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

const tokenIn = async (name: string, file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Error(`${name} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

// fetch() would quote a header's bad value in its error.
const printable = (what: string, value: string): string => {
  if (/^[\x21-\x7e]+$/.test(value)) return value
  throw new Error(`${what} holds characters that no token has. Is it the right file, on one line?`)
}
