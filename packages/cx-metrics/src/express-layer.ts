/** A path as Express takes it. */
export type PathPattern = string | RegExp | readonly (string | RegExp)[]

/** What lies under Express' `use()` and `route()`: the `Layer` of Express 4, and that of the router of 5. */
export interface ExpressLayer {
  readonly name: string
  readonly handle: unknown
  readonly route?: unknown
  match(path: string): boolean | LayerMatch
  /** From router 2.3 on. */
  readonly rawPath?: PathPattern
  /** In Express 4. */
  readonly regexp?: RegExp
  readonly keys?: readonly { readonly name: string | number }[]
  /** Of the last match, before router 2.3. */
  readonly path?: string
  readonly params?: LayerMatch['params']
  /** In Express 5. */
  readonly matchers?: readonly { readonly name: string }[]
}

interface LayerMatch {
  readonly path: string
  readonly params: Readonly<Record<string, unknown>>
}

/** A list of paths is one operation, since it has one handler. */
export const patternText = (pattern: PathPattern): string =>
  Array.isArray(pattern) ? pattern.flat(Infinity).map(String).join(',') : String(pattern)

/** What a layer takes of a path. */
export const matchLayer = (layer: ExpressLayer, path: string): LayerMatch | undefined => {
  const found = layer.match(path)
  if (found === true) return { path: layer.path ?? '', params: layer.params ?? {} }
  return found === false ? undefined : found
}

/**
 * The path a layer was mounted at, as the code wrote it. Nothing if that cannot be told, or was a regular
 * expression: what a client asked for never takes its place.
 */
export const layerTemplate = (layer: ExpressLayer, match: LayerMatch): string | undefined => {
  const { keys = [], rawPath, regexp } = layer
  if (rawPath !== undefined) return hasRegexp(rawPath) ? undefined : patternText(rawPath)
  return regexp ? templateOfRegexp(regexp, keys) : probedTemplate(layer, match)
}

const hasRegexp = (pattern: PathPattern): boolean =>
  [pattern].flat(Infinity).some((each) => each instanceof RegExp)

/** Express 4 keeps what path-to-regexp 0.1 made of a path, or of a list of them, which can be read back. */
const templateOfRegexp = (
  { source }: RegExp,
  keys: NonNullable<ExpressLayer['keys']>,
): string | undefined => {
  const names = keys.map(({ name }) => name).values()
  const templates = source.split(/\|(?=\^)/).map((each) => templateOfSource(each, names))
  return templates.includes(undefined) ? undefined : templates.join(',')
}

const mountEnd = String.raw`\/?(?=\/|$)`
const tokens =
  /\(\?:(?<slash>\\\/)?\([^()]*\)\)(?<optional>\??)|(?<wildcard>\(\.\*\))|\\(?<escaped>[^a-z0-9])|(?<literal>[\w~@%!&',:;=-])|(?<unknown>[^])/gi

const templateOfSource = (source: string, names: Iterator<string | number>): string | undefined => {
  if (!source.startsWith('^') || !source.endsWith(mountEnd)) return undefined
  let template = ''
  for (const { groups = {} } of source.slice(1, -mountEnd.length).matchAll(tokens)) {
    const { escaped, literal, optional, slash, unknown, wildcard } = groups
    if (unknown !== undefined) return undefined
    const plain = literal ?? escaped
    // Wildcards have names, too: numbers.
    const name = plain === undefined ? names.next().value : undefined
    template += plain ?? (wildcard ? '*' : `${slash ? '/' : ''}:${name}${optional}`)
  }
  return template
}

/**
 * Router 2.0 to 2.2 keep no path. So the request's own is taken, in lower case since matching ignores it, and
 * each parameter's segment is found by trying whether the layer reads it from there.
 */
const probedTemplate = (layer: ExpressLayer, { params, path }: LayerMatch): string | undefined => {
  if (layer.matchers?.some(({ name }) => name === 'regexpMatcher') ?? true) return undefined
  const segments = path.toLowerCase().split('/')
  // No part of the path can be as long.
  const probe = '-'.repeat(path.length + 1)
  const names = Object.keys(params).filter((name) => params[name] !== undefined)
  for (const name of names) {
    const at = segments.findIndex((_segment, index) => {
      const match = matchLayer(layer, segments.with(index, probe).join('/'))
      return match?.params[name] === probe
    })
    if (at === -1) return undefined
    segments[at] = `:${name}`
  }
  return segments.join('/')
}
