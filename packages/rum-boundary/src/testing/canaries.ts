/// <reference lib="dom" />
import { acts } from './canaries-acts.ts'
import { thrown } from './canaries-errors.ts'
import { markup } from './canaries-markup.ts'
import { shown } from './canaries-shown.ts'
import { type Channel, withWindow } from './channel.ts'

/** One for each row of what the SDKs were seen to tell. */
export const channels: readonly Channel[] = [
  ...shown,
  ...markup,
  ...acts,
  ...thrown,
  // Last, since it is another view
  {
    channel: 'path of the page',
    by: 'developer',
    act: withWindow((c) => history.pushState({}, '', `/users/${c}`)),
  },
]

/** Letters alone, since the SDK leaves ids with digits out of selectors. */
export const canaryOf = (index: number): string =>
  channels[index]?.says ??
  `kanari${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`
