import { createHash } from 'node:crypto'

/** Free text, such as what a service calls itself, as the beginning of an object's name: no two texts have the same. */
export const namePart = (text: string): string => {
  if (text.length <= longest && /^[a-z\d]+(?:-[a-z\d]+)*$/.test(text)) return text
  const words = text.toLowerCase().match(/[a-z\d]+/g) ?? []
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 12)
  return [...words.join('-').slice(0, longest).split('-'), mark].filter(Boolean).join('-')
}

// As long as the names that a catalog gives.
const longest = 64
