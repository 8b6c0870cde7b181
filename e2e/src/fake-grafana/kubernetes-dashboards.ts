import type { FastifyReply } from 'fastify'
import { apiGroup, failure } from './kubernetes-answers.ts'
import type { FakeServer } from './server.ts'
import { type Json, saveDashboard, type StoredDashboard } from './store.ts'

interface Resource {
  readonly metadata: {
    readonly name: string
    readonly resourceVersion?: string
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: Json
}

interface Place {
  readonly version: string
  readonly namespace: string
  readonly uid: string
}

const group = 'dashboard.grafana.app'
const root = `/apis/${group}`
const collection = `${root}/:version/namespaces/:namespace/dashboards`

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/dashboard/ */
export const kubernetesDashboardRoutes = (server: FakeServer): void => {
  const { app, major, store } = server
  if (major < 12) return
  const versions = major >= 13 ? ['v1', 'v2', 'v1beta1', 'v0alpha1'] : ['v1beta1', 'v0alpha1']
  app.get(root, () => apiGroup(group, versions))

  app.get<{ Params: Place }>(`${collection}/:uid`, ({ params }, reply) => {
    if (!versions.includes(params.version))
      return failure(reply, 404, 'NotFound', 'no such version')
    const found = store.dashboards.get(params.uid)
    return found ? resourceOf(found, params.version) : notFound(reply, params.uid)
  })

  app.post<{ Params: Place; Body: Resource }>(collection, ({ body, params }, reply) => {
    const { name, resourceVersion } = body.metadata
    if (resourceVersion)
      return failure(
        reply,
        400,
        'BadRequest',
        'resourceVersion should not be set on objects to be created',
      )
    if (store.dashboards.has(name)) {
      const message = `dashboards.${group} "${name}" already exists`
      return failure(reply, 409, 'AlreadyExists', message, { name })
    }
    const problem = invalid(body, server, reply)
    if (problem) return problem
    return reply.code(201).send(resourceOf(save(body, server), params.version))
  })

  app.put<{ Params: Place; Body: Resource }>(`${collection}/:uid`, ({ body, params }, reply) => {
    const found = store.dashboards.get(params.uid)
    if (!found) return notFound(reply, params.uid)
    if (found.provisionedFrom !== undefined)
      return failure(reply, 403, 'Forbidden', 'this dashboard is provisioned from a file')
    const given = body.metadata.resourceVersion
    if (given && given !== found.resourceVersion) return conflict(reply, params.uid)
    const problem = invalid(body, server, reply)
    if (problem) return problem
    return resourceOf(save(body, server), params.version)
  })

  app.delete<{ Params: Place; Body?: { preconditions?: { resourceVersion?: string } } }>(
    `${collection}/:uid`,
    ({ body, params }, reply) => {
      const found = store.dashboards.get(params.uid)
      if (!found) return notFound(reply, params.uid)
      const expected = body?.preconditions?.resourceVersion
      if (expected && expected !== found.resourceVersion) return conflict(reply, params.uid)
      store.dashboards.delete(params.uid)
      return { kind: 'Status', apiVersion: 'v1', status: 'Success', code: 200 }
    },
  )
}

const notFound = (reply: FastifyReply, uid: string) =>
  failure(reply, 404, 'NotFound', `dashboards.${group} "${uid}" not found`, { name: uid })

const conflict = (reply: FastifyReply, uid: string) =>
  failure(
    reply,
    409,
    'Conflict',
    `Operation cannot be fulfilled on dashboards.${group} "${uid}": the object has been modified; please apply your changes to the latest version and try again`,
    { name: uid },
  )

const invalid = ({ metadata, spec }: Resource, { store }: FakeServer, reply: FastifyReply) => {
  if (typeof spec['title'] !== 'string' || spec['title'] === '') {
    const cause = { reason: 'FieldValueInvalid', message: 'Required value', field: 'spec.title' }
    const message = `Dashboard.${group} "${metadata.name}" is invalid`
    return failure(reply, 422, 'Invalid', message, { name: metadata.name, causes: [cause] })
  }
  const folder = metadata.annotations?.['grafana.app/folder'] ?? ''
  return folder !== '' && !store.folders.has(folder)
    ? failure(reply, 404, 'NotFound', `folders.folder.grafana.app "${folder}" not found`)
    : undefined
}

const save = (
  { metadata: { annotations = {}, name }, spec }: Resource,
  { keepsAnnotations, store }: FakeServer,
): StoredDashboard => {
  const others = Object.entries(annotations).filter(([key]) => !key.startsWith('grafana.app/'))
  return saveDashboard(store, {
    uid: name,
    folder: annotations['grafana.app/folder'] ?? '',
    spec,
    message: annotations['grafana.app/message'] ?? '',
    annotations: keepsAnnotations ? Object.fromEntries(others) : {},
    always: !keepsAnnotations,
  })
}

/** A reader gets the newest schema, whatever was written. */
const resourceOf = (dashboard: StoredDashboard, version: string) => ({
  kind: 'Dashboard',
  apiVersion: `${group}/${version}`,
  metadata: {
    name: dashboard.uid,
    namespace: 'default',
    uid: `internal-${dashboard.uid}`,
    resourceVersion: dashboard.resourceVersion,
    generation: dashboard.generation,
    creationTimestamp: '2026-01-01T00:00:00Z',
    annotations: {
      ...dashboard.annotations,
      'grafana.app/createdBy': 'service-account:fake',
      ...(dashboard.folder !== '' && { 'grafana.app/folder': dashboard.folder }),
      ...(dashboard.message !== '' &&
        Object.keys(dashboard.annotations).length > 0 && {
          'grafana.app/message': dashboard.message,
        }),
      ...(dashboard.provisionedFrom !== undefined && {
        'grafana.app/managedBy': 'classic-file-provisioning',
        'grafana.app/managerId': dashboard.provisionedFrom,
      }),
    },
  },
  spec: { ...dashboard.spec, schemaVersion: 42, preload: false },
  status: {},
})
