import type { DashboardKind } from './dashboard-kind.ts'
import { fingerprint } from './fingerprint.ts'

/** Grafana's limit: https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/#identifier-id-vs-unique-identifier-uid */
const longest = 40

/** `cx-objective-signup`; a name that is too long, or holds more than an address may, is cut and told apart by a fingerprint. */
export const dashboardUid = (kind: DashboardKind, name: string): string => {
  const plain = `cx-${kind}-${name}`
  if (isPlain(plain)) return plain
  const print = fingerprint(name).slice(0, 6)
  return `${plain.replaceAll(/[^\w-]/g, '-').slice(0, longest - print.length - 1)}-${print}`
}

/** Whether each name's uid is the name with its kind before it, so that a link can be made from a label. */
export const areLinkable = (kind: DashboardKind, names: readonly string[]): boolean =>
  names.every((name) => isPlain(`cx-${kind}-${name}`))

const isPlain = (uid: string): boolean => /^[\w-]+$/.test(uid) && uid.length <= longest
