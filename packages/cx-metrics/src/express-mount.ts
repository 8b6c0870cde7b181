import { type ExpressLayer, layerTemplate, matchLayer } from './express-layer.ts'

/** An application or a router: both are functions with layers. */
export interface ExpressRouter {
  readonly stack?: readonly ExpressLayer[]
  /** An application's own, in Express 4. */
  readonly _router?: ExpressRouter
  /** An application's own, in Express 5. In 4 reading it throws. */
  readonly router?: ExpressRouter
  readonly lazyrouter?: unknown
  /** The application that this one is mounted in. */
  readonly parent?: ExpressRouter
}

/**
 * The path at which a route's router is mounted, as the code wrote it, found by walking from the outermost
 * application along what matches `baseUrl`: Express itself keeps only the URL, with the values filled in.
 * Nothing if the router cannot be found, as when it is called by a middleware.
 */
export const mountTemplate = (
  app: ExpressRouter,
  route: object,
  baseUrl: string,
): string | undefined => {
  const [outermost, ...inner] = lineage(app)
  return outermost && pathTo(route, layersOf(outermost), baseUrl, inner)
}

const lineage = (app: ExpressRouter): ExpressRouter[] =>
  app.parent ? [...lineage(app.parent), app] : [app]

const layersOf = (router: ExpressRouter): readonly ExpressLayer[] => {
  const { _router: own4, lazyrouter, stack } = router
  if (stack) return stack
  const own = lazyrouter ? own4 : router.router
  return own?.stack ?? []
}

const pathTo = (
  route: object,
  layers: readonly ExpressLayer[],
  rest: string,
  apps: readonly ExpressRouter[],
): string | undefined => {
  if (rest === '' && layers.some((layer) => layer.route === route)) return ''
  for (const layer of layers) {
    const mounted = mountedIn(layer, apps)
    const match = mounted && matchLayer(layer, rest || '/')
    if (!mounted || !match) continue
    const taken = withoutSlash(match.path)
    if (!rest.startsWith(taken)) continue
    const inner = pathTo(route, mounted.layers, rest.slice(taken.length), mounted.apps)
    if (inner === undefined) continue
    const template = layerTemplate(layer, match)
    return template === undefined ? undefined : withoutSlash(template) + inner
  }
  return undefined
}

/** An application that is mounted hides behind a function of this name; which one it is, its child tells. */
const mountedIn = ({ handle, name, route }: ExpressLayer, apps: readonly ExpressRouter[]) => {
  const [next, ...others] = apps
  if (name === 'mounted_app' && next) return { layers: layersOf(next), apps: others }
  const { stack } = handle as ExpressRouter
  return route === undefined && stack ? { layers: stack, apps } : undefined
}

/** One, as Express takes it off; a client may send a thousand. */
const withoutSlash = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) : path)
