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
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Error(`${name} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
