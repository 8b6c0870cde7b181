import { secretFrom } from './secret.ts'

/**
 * The value of the Authorization header from `<PREFIX>_TOKEN`, `<PREFIX>_TOKEN_FILE`, or
 * `<PREFIX>_USER` and `<PREFIX>_PASSWORD`; undefined where none is set. Secrets never stand in a message.
 */
export const authorizationFrom = async (
  env: NodeJS.ProcessEnv,
  prefix: string,
  system: string,
): Promise<string | undefined> => {
  const token = await secretFrom(env, `${prefix}_TOKEN`, `the ${system} token`)
  if (token) return `Bearer ${token}`
  const user = env[`${prefix}_USER`]
  if (!user) return undefined
  const password = env[`${prefix}_PASSWORD`]
  if (!password) {
    throw new Error(
      `${prefix}_USER is set, ${prefix}_PASSWORD is not. Give both, or ${prefix}_TOKEN.`,
    )
  }
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}
