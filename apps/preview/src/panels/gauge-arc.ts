const quarters = 1.5 * Math.PI

/** An SVG path along three quarters of a circle, open at the bottom. @param from, to shares of it, 0 to 1 */
export function arcPath(radius: number, from: number, to: number): string {
  const isLong = (to - from) * quarters > Math.PI ? 1 : 0
  return `M ${point(radius, from)} A ${radius} ${radius} 0 ${isLong} 1 ${point(radius, to)}`
}

function point(radius: number, share: number): string {
  const angle = 0.75 * Math.PI + share * quarters
  return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`
}

/** Where a value is between two others, 0 to 1; 0 where it is none. */
export function shareOf(value: number, min: number, max: number): number {
  if (Number.isNaN(value) || max <= min) return 0
  return Math.min(1, Math.max(0, (value - min) / (max - min)))
}
