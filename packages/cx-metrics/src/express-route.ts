import { AsyncResource } from 'node:async_hooks'
import { patternText, type PathPattern } from './express-layer.ts'
import { type ExpressRouter, mountTemplate } from './express-mount.ts'
import type { ReachedRoute } from './reached-route.ts'
import { warnOnce } from './warn-once.ts'

/** A request as Express leaves it, in both majors. */
interface ExpressRequest {
  readonly app?: ExpressRouter | undefined
  readonly baseUrl?: string | undefined
}

/** The last route that matched, and where it was reached. */
interface Matched extends ExpressRequest {
  readonly route: { readonly path: PathPattern }
  readonly scope: AsyncResource
}

// Registered, so that two copies of this package in one process do not take each other's place.
const matched = Symbol.for('cx-metrics.express-route')

type Watched = ExpressRequest & { [matched]?: Matched | undefined }

/**
 * Express sets `request.route` when a route matches, and only then `baseUrl` and `app` are the route's own: an
 * error handler further out sees its own. So they are noted at that moment.
 */
export const watchRoute = (request: object): void => {
  if (matched in request) return
  Object.assign(request, { [matched]: undefined })
  Object.defineProperty(request, 'route', routeProperty)
}

const routeProperty: PropertyDescriptor & ThisType<Watched> = {
  configurable: true,
  enumerable: true,
  get() {
    return this[matched]?.route
  },
  set(route: Matched['route']) {
    const { app, baseUrl } = this
    this[matched] = route && { route, app, baseUrl, scope: new AsyncResource('cx-metrics') }
  },
}

/** The route of a watched request as a template; nothing if none matched. */
export const expressRoute = (request: object): ReachedRoute | undefined => {
  const found = (request as Watched)[matched]
  // Other frameworks use the name for something else.
  if (found?.app === undefined || found.baseUrl === undefined) return undefined
  return { route: templateOf(found), scope: found.scope }
}

/** Stands for a mount path that cannot be told; its values must not become labels. */
const unknownMount = '/*'

const templateOf = ({ app = {}, baseUrl = '', route }: Matched): string => {
  const path = patternText(route.path)
  if (baseUrl === '') return path
  const mount = mountOf(app, route, baseUrl) ?? unknownMount
  return path === '/' ? mount : mount + path
}

const mountOf = (app: ExpressRouter, route: object, baseUrl: string): string | undefined => {
  try {
    return mountTemplate(app, route, baseUrl)
  } catch (error) {
    warnOnce('the mount path of an Express route could not be told', error)
    return undefined
  }
}
