/** How many events an objective expects, on average over its window. */
export interface Traffic {
  readonly perHour: number
}

/** `perHour(600)` is 10 a minute. */
export const perHour = (count: number): Traffic => ({ perHour: count })
