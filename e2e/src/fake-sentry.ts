import Fastify from 'fastify'

export interface SentryFiring {
  readonly at: Date
  readonly issue: string
  readonly title: string
}

export interface FakeSentry {
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * A fake of what Sentry's API tells of alerts and when they fired, in pages of two. It follows
 * https://docs.sentry.io/api/pagination and getsentry/sentry, `organization_workflow_group_history.py`, and was never a real one.
 * @param alerts what fired, by the id of the alert
 */
export const startFakeSentry = async (
  token: string,
  alerts: Readonly<Record<string, readonly SentryFiring[]>>,
): Promise<FakeSentry> => {
  const app = Fastify({ forceCloseConnections: true })
  app.addHook('onRequest', async ({ headers }, reply) =>
    headers.authorization === `Bearer ${token}`
      ? undefined
      : reply.code(401).send({ detail: 'Invalid token' }),
  )
  const page = (items: readonly unknown[], path: string) => {
    const url = new URL(path, fake.url)
    const start = Number(url.searchParams.get('cursor') ?? 0)
    url.searchParams.set('cursor', String(start + 2))
    const link = `<${url.href}>; rel="next"; results="${start + 2 < items.length}"; cursor="${start + 2}"`
    return { items: items.slice(start, start + 2), link }
  }
  app.get('/api/0/organizations/acme/workflows/', ({ url }, reply) => {
    const { items, link } = page(
      Object.keys(alerts).map((id) => ({ id, name: `Alert ${id}` })),
      url,
    )
    return reply.header('link', link).send(items)
  })
  app.get<{
    Params: { readonly id: string }
    Querystring: { readonly start: string; readonly end: string }
  }>('/api/0/organizations/acme/workflows/:id/group-history/', ({ params, query, url }, reply) => {
    const [start, end] = [query.start, query.end].map((time) => Date.parse(`${time}Z`))
    const within = (alerts[params.id] ?? []).filter(
      ({ at }) => at.getTime() >= Number(start) && at.getTime() < Number(end),
    )
    const issues = [...Map.groupBy(within, ({ issue }) => issue)].map(([issue, firings]) => ({
      group: {
        id: issue,
        title: firings[0]?.title,
        permalink: `https://acme.sentry.io/issues/${issue}/`,
        project: { slug: 'signup-web' },
      },
      count: firings.length,
      lastTriggered: new Date(Math.max(...firings.map(({ at }) => at.getTime()))).toISOString(),
    }))
    const { items, link } = page(issues, url)
    return reply.header('link', link).send(items)
  })
  const fake = {
    url: await app.listen({ port: 0, host: '127.0.0.1' }),
    close: () => app.close(),
  }
  return fake
}
