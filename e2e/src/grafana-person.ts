type Json = Readonly<Record<string, unknown>>

/** A Grafana, and a person who works in it by hand. */
export interface GrafanaPerson {
  /** The dashboard in the classic schema, and the uid of its folder; undefined where there is none. */
  readonly look: (
    uid: string,
  ) => Promise<{ readonly spec: Json; readonly folder: string } | undefined>
  readonly save: (uid: string, change: (spec: Json) => Json) => Promise<void>
  readonly create: (uid: string, folder: string, title: string) => Promise<void>
  readonly move: (uid: string, folder: string) => Promise<void>
  readonly remove: (uid: string) => Promise<void>
  readonly createFolder: (uid: string, title: string) => Promise<void>
  readonly removeFolder: (uid: string) => Promise<void>
  /** All that carry a tag. */
  readonly removeAnnotations: (tag: string) => Promise<void>
}

interface Legacy {
  readonly dashboard: Json
  readonly meta: { readonly folderUid?: string }
}

/** They save by the same API as the editor of their Grafana does. */
export const grafanaPerson = async (
  url: string,
  authorization: string | undefined,
): Promise<GrafanaPerson> => {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(authorization === undefined ? {} : { authorization }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.status === 404 && method !== 'POST') return undefined
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text)
  }
  const health = (await call('GET', '/api/health')) as { readonly version: string }
  const major = Number.parseInt(health.version, 10)
  const read = async (uid: string) =>
    (await call('GET', `/api/dashboards/uid/${uid}`)) as Legacy | undefined
  const write = (dashboard: Json, folderUid: string) =>
    call('POST', '/api/dashboards/db', { dashboard, folderUid, message: '' })
  const resource = (uid: string) =>
    `/apis/dashboard.grafana.app/${major >= 13 ? 'v1' : 'v1beta1'}/namespaces/default/dashboards/${uid}`

  const change = async (uid: string, edit: (spec: Json) => Json, folder?: string) => {
    if (major < 12) {
      const { dashboard, meta } = (await read(uid)) as Legacy
      await write(edit(dashboard), folder ?? meta.folderUid ?? '')
      return
    }
    const found = (await call('GET', resource(uid))) as {
      readonly metadata: { readonly annotations: Json }
      readonly spec: Json
    }
    const { 'grafana.app/message': _, ...annotations } = found.metadata.annotations
    const moved = folder === undefined ? {} : { 'grafana.app/folder': folder }
    await call('PUT', resource(uid), {
      ...found,
      metadata: { ...found.metadata, annotations: { ...annotations, ...moved } },
      spec: edit(found.spec),
    })
  }

  return {
    look: async (uid) => {
      const found = await read(uid)
      return found && { spec: found.dashboard, folder: found.meta.folderUid ?? '' }
    },
    save: (uid, edit) => change(uid, edit),
    create: async (uid, folder, title) => {
      await write({ uid, title, panels: [] }, folder)
    },
    move: (uid, folder) => change(uid, (spec) => spec, folder),
    remove: async (uid) => {
      await call('DELETE', `/api/dashboards/uid/${uid}`)
    },
    createFolder: async (uid, title) => {
      await call('POST', '/api/folders', { uid, title })
    },
    removeFolder: async (uid) => {
      await call('DELETE', `/api/folders/${uid}`)
    },
    removeAnnotations: async (tag) => {
      const found = (await call('GET', `/api/annotations?tags=${tag}`)) as readonly { id: number }[]
      for (const { id } of found) await call('DELETE', `/api/annotations/${id}`)
    },
  }
}
