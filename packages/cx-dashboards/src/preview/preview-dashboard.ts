/** A dashboard as the preview serves it: its JSON as text, since 900 of them take a second to copy between threads otherwise. */
export interface PreviewDashboard {
  readonly uid: string
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  readonly json: string
}

export const previewDashboard = (
  uid: string,
  json: {
    readonly title?: string | undefined
    readonly description?: string | undefined
    readonly tags?: readonly string[] | undefined
  },
): PreviewDashboard => {
  const { description = '', tags = [], title = uid } = json
  return { uid, title, description, tags, json: JSON.stringify(json) }
}
