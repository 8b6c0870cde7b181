import { argon2id, hash, verify } from 'argon2'

/** OWASP's least for argon2id: 19 MiB, two rounds, one lane (Password Storage Cheat Sheet, 2025). */
const settings = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Each takes 19 MiB and some 20 ms of a processor: what comes past these is refused. */
const mostAtOnce = 50
let running = 0

export class TooBusyError extends Error {
  override readonly name = 'TooBusyError'
}

const bounded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  if (running >= mostAtOnce) throw new TooBusyError('too many passwords are being checked')
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
  }
}

/** One password may be typed as several sequences of code points; all of them must fit (NIST SP 800-63B, 3.1.1.2). */
const normalized = (password: string): string => password.normalize('NFKC')

/** @throws {TooBusyError} */
export const hashPassword = (password: string): Promise<string> =>
  bounded(() => hash(normalized(password), settings))

/** @throws {TooBusyError} */
export const isPassword = (passwordHash: string, password: string): Promise<boolean> =>
  bounded(() => verify(passwordHash, normalized(password)))
