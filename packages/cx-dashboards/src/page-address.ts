/** Runbooks that are of no one objective, and the list of all of them. */
export const generalPages = {
  all: 'README',
  browser: 'browser-errors',
  silence: 'service-silent',
} as const

/** @param address with or without a slash at its end */
export const addressBelow = (address: string, path: string): string =>
  `${address.replace(/\/+$/, '')}/${path}`
