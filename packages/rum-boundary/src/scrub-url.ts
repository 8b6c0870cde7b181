import { pathSegments, type RouteTemplate, type Statics, setsOf } from './scrub-statics.ts'

/** Reserved by RFC 2606, so that nobody ever owns the name. */
export const placeholderOrigin = 'https://page.invalid'
export const withheldUrl = `${placeholderOrigin}/withheld`

/** `https://page.invalid/api/documents/:documentId`: never a value, a query or a hash. */
export const scrubUrl = (url: unknown, statics: Statics): string => {
  const parsed = parseUrl(url)
  const template = parsed && templateOf(parsed, statics)
  if (!parsed || !template) return withheldUrl
  const { origins } = setsOf(statics)
  return (origins.has(parsed.origin) ? parsed.origin : placeholderOrigin) + template.template
}

/** Whether a request or page is one that the app declared. */
export const isDeclaredUrl = (
  url: unknown,
  statics: Statics,
  kind?: RouteTemplate['kind'],
): boolean => {
  const parsed = parseUrl(url)
  const template = parsed && templateOf(parsed, statics)
  return template !== undefined && (kind === undefined || template.kind === kind)
}

/** The template of the page, or nothing. */
export const pageOf = (url: unknown, statics: Statics): string | undefined => {
  const parsed = parseUrl(url)
  const template = parsed && templateOf(parsed, statics, 'page')
  return template?.template
}

const parseUrl = (url: unknown): URL | undefined => {
  if (typeof url !== 'string' || url.length > 10_000) return undefined
  const parsed = URL.parse(url, globalThis.location?.href ?? placeholderOrigin) ?? undefined
  return parsed && /^(https?|wss?):$/.test(parsed.protocol) ? parsed : undefined
}

const templateOf = (
  { pathname, origin }: URL,
  statics: Statics,
  kind?: RouteTemplate['kind'],
): RouteTemplate | undefined => {
  const { origins, templates } = setsOf(statics)
  // A service does not know where its pages are served; the path decides there, and no origin is passed on.
  if (globalThis.location && !isOwnOrigin(origin, origins)) return undefined
  // What was scrubbed already is a template itself, and stays.
  const segments = pathSegments(pathname)
  return templates.find(
    (template) => (kind === undefined || template.kind === kind) && matches(template, segments),
  )
}

/** Another site may have the same paths, and what stands behind them may be a person. */
export const isOwnOrigin = (origin: string, origins: ReadonlySet<string>): boolean =>
  origin === placeholderOrigin || origin === globalThis.location?.origin || origins.has(origin)

const matches = ({ segments }: RouteTemplate, path: readonly string[]): boolean => {
  const open = segments.at(-1) === '*'
  const fixed = open ? segments.slice(0, -1) : segments
  if (open ? path.length < fixed.length : path.length !== fixed.length) return false
  return fixed.every((segment, index) => segment.startsWith(':') || segment === path[index])
}
