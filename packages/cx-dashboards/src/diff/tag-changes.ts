import type { Change } from './change.ts'

/** Tags gained and lost, in a line each. */
export const tagChanges = (live: unknown, desired: unknown): Change[] => {
  const [before, after] = [tagsIn(live), tagsIn(desired)]
  const lost = before.filter((tag) => !after.includes(tag))
  const gained = after.filter((tag) => !before.includes(tag))
  return [
    ...(lost.length > 0 ? [{ what: 'tags lost', before: lost.join(', ') }] : []),
    ...(gained.length > 0 ? [{ what: 'tags gained', after: gained.join(', ') }] : []),
  ]
}

const tagsIn = (tags: unknown): readonly string[] =>
  Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
