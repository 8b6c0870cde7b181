import type { FastifyReply } from 'fastify'
import { apiGroup, failure } from './kubernetes-answers.ts'
import type { FakeServer } from './server.ts'
import { removeFolder, type Store, type StoredFolder } from './store.ts'

interface LegacyFolder {
  readonly uid: string
  readonly title: string
  readonly parentUid?: string
}

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/folder/ */
export const legacyFolderRoutes = ({ app, major, store }: FakeServer): void => {
  app.get<{ Params: { uid: string } }>('/api/folders/:uid', ({ params }, reply) => {
    const found = store.folders.get(params.uid)
    return found ? legacyFolder(found) : reply.code(404).send({ message: 'folder not found' })
  })

  app.post<{ Body: LegacyFolder }>('/api/folders', ({ body }, reply) => {
    const { parentUid, title, uid } = body
    if (!title) return reply.code(400).send({ message: 'folder title cannot be empty' })
    const message = clash(store, uid, title, major)
    if (message !== undefined) return reply.code(409).send({ message })
    const folder = { uid, title, ...(major >= 11 && parentUid ? { parent: parentUid } : {}) }
    store.folders.set(uid, folder)
    return legacyFolder(folder)
  })

  app.delete<{ Params: { uid: string } }>('/api/folders/:uid', ({ params }, reply) => {
    if (!store.folders.has(params.uid)) return reply.code(404).send({ message: 'folder not found' })
    removeFolder(store, params.uid)
    return { message: 'Folder deleted', id: 1 }
  })
}

const legacyFolder = ({ parent, title, uid }: StoredFolder) => ({
  id: 1,
  uid,
  title,
  ...(parent === undefined ? {} : { parentUid: parent }),
})

/** Grafana 10 wants titles to differ as well. */
const clash = (store: Store, uid: string, title: string, major: number): string | undefined => {
  if (store.folders.has(uid)) return 'a folder/dashboard with the same uid already exists'
  const namesake = [...store.folders.values()].some((each) => each.title === title)
  return major < 11 && namesake
    ? 'a folder or dashboard in the general folder with the same name already exists'
    : undefined
}

interface FolderResource {
  readonly metadata: {
    readonly name: string
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly spec: { readonly title?: string }
}

const group = 'folder.grafana.app'
const root = `/apis/${group}`
const collection = `${root}/:version/namespaces/:namespace/folders`

/** https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/folder/ */
export const kubernetesFolderRoutes = ({ app, major, store }: FakeServer): void => {
  if (major < 12) return
  app.get(root, () => apiGroup(group, major >= 13 ? ['v1', 'v1beta1'] : ['v1beta1']))

  app.get<{ Params: { uid: string } }>(`${collection}/:uid`, ({ params }, reply) => {
    const found = store.folders.get(params.uid)
    return found ? folderResource(found) : notFound(reply, params.uid)
  })

  app.post<{ Body: FolderResource }>(collection, ({ body }, reply) => {
    const { annotations, name } = body.metadata
    const { title = '' } = body.spec
    if (store.folders.has(name))
      return failure(reply, 409, 'AlreadyExists', `folders.${group} "${name}" already exists`)
    if (title === '') return failure(reply, 400, 'BadRequest', 'folder title cannot be empty')
    const folder = { uid: name, title, parent: annotations?.['grafana.app/folder'] }
    store.folders.set(name, folder)
    return reply.code(201).send(folderResource(folder))
  })
}

const notFound = (reply: FastifyReply, uid: string) =>
  failure(reply, 404, 'NotFound', `folders.${group} "${uid}" not found`)

const folderResource = ({ parent, title, uid }: StoredFolder) => ({
  kind: 'Folder',
  apiVersion: `${group}/v1`,
  metadata: {
    name: uid,
    namespace: 'default',
    resourceVersion: '1',
    annotations: parent === undefined ? {} : { 'grafana.app/folder': parent },
  },
  spec: { title },
})
