export type PasswordWeakness = 'too-short' | 'too-long' | 'common' | 'personal'

/** As a person counts them, not as UTF-16 does. */
const fewestCharacters = 12
/** A passphrase fits; more only costs time to hash. */
const mostCharacters = 128
const fewestDistinctCharacters = 4
/** A shorter name is in too many words. */
const shortestPersonalPart = 4

// A real service would ask a list of what has leaked, such as Pwned Passwords.
const common = new Set([
  '123456789012',
  '1234567890123',
  'abcdefghijkl',
  'administrator',
  'correcthorsebatterystaple',
  'iloveyouiloveyou',
  'letmeinletmein',
  'password1234',
  'password12345',
  'passwordpassword',
  'qwertyuiop12',
  'qwertyuiop123',
  'welcome12345',
])

/** Why a password will not do, if so. It is never part of what is returned. */
export const weaknessOf = (
  password: string,
  personal: readonly string[],
): PasswordWeakness | undefined => {
  const characters = Array.from(password)
  if (characters.length < fewestCharacters) return 'too-short'
  if (characters.length > mostCharacters) return 'too-long'
  const plain = simplified(password)
  if (common.has(plain) || new Set(characters).size < fewestDistinctCharacters) return 'common'
  const parts = personal.map(simplified).filter((part) => part.length >= shortestPersonalPart)
  return parts.some((part) => plain.includes(part)) ? 'personal' : undefined
}

const simplified = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
