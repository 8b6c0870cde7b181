import { readFile } from 'node:fs/promises'

/**
 * A secret from `<NAME>` or from the file that `<NAME>_FILE` names; undefined where neither is set. It never stands in a message.
 * @param what it is in words, such as `the Grafana token`
 */
export const secretFrom = async (
  env: NodeJS.ProcessEnv,
  name: string,
  what: string,
): Promise<string | undefined> => {
  const file = env[`${name}_FILE`]
  const given = env[name] || (file && (await secretIn(`${name}_FILE`, file)))
  if (!given) return undefined
  const secret = given.trim()
  // fetch() would quote a header's bad value in its error.
  if (/^[\x21-\x7e]+$/.test(secret)) return secret
  throw new Error(`${what} holds characters that no token has. Is it the right file, on one line?`)
}

const secretIn = async (name: string, file: string): Promise<string> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error)
  if (typeof text === 'string') return text
  // Without its cause: the secret itself may stand where its file should, and be quoted there.
  throw new Error(`${name} cannot be read (${text.code}). Is it the path of a file?`)
}
