/** `2026-11-03 10:07`, in UTC, with seconds where there are some. @param at seconds since 1970 */
export const spokenTime = (at: number): string => {
  const [day = '', time = ''] = new Date(at * 1000).toISOString().split('T')
  return `${day} ${time.slice(0, at % 60 === 0 ? 5 : 8)}`
}

/** The end without its day, where that is the one of the beginning. */
export const spokenRange = ({ end, start }: { readonly start: number; readonly end: number }) => {
  const [from, to] = [spokenTime(start), spokenTime(end)]
  if (from === to) return `${from} UTC`
  return `${from} to ${to.startsWith(from.slice(0, 10)) ? to.slice(11) : to} UTC`
}

const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const

/** The two largest units: `1 h 35 min`. */
export const spokenSpan = (seconds: number): string => {
  let rest = Math.round(seconds)
  const parts = units.flatMap(([size, unit]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count > 0 ? [`${count} ${unit}`] : []
  })
  return parts.slice(0, 2).join(' ') || 'no time'
}
