import { summaryOf } from './diff-summary.ts'
import type { DiffTarget } from './diff-target.ts'

/** Everything, whole: also old and new texts that the other forms shorten. What a terminal would obey is escaped. */
export const jsonReport = (targets: readonly DiffTarget[]): string =>
  JSON.stringify({ summary: summaryOf(targets), targets }, undefined, 2).replaceAll(
    /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
