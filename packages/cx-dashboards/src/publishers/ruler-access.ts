import { authorizationFrom } from './authorization.ts'
import { serverUrl } from './server-url.ts'

export interface RulerAccess {
  readonly url: URL
  /** The value of the Authorization header; undefined for a ruler that lets anyone in. */
  readonly authorization: string | undefined
  /** The value of X-Scope-OrgID; undefined where there is one tenant only. */
  readonly tenant: string | undefined
}

/** Where the ruler is (from `--ruler`) and who we are there (RULER_TENANT, and RULER_TOKEN and the like). */
export const rulerAccess = async (given: string, env: NodeJS.ProcessEnv): Promise<RulerAccess> => ({
  url: serverUrl(given, '--ruler', 'RULER_TOKEN, or RULER_USER and RULER_PASSWORD'),
  authorization: await authorizationFrom(env, 'RULER', 'ruler'),
  tenant: tenantIn(env['RULER_TENANT']),
})

const tenantIn = (given: string | undefined): string | undefined => {
  if (!given) return undefined
  // https://grafana.com/docs/mimir/latest/configure/about-tenant-ids/
  if (/^[\w!.*'()-]{1,150}$/.test(given)) return given
  throw new Error(
    "RULER_TENANT is no id of a tenant. Use at most 150 letters, digits and !-_.*'().",
  )
}
