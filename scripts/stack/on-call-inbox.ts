import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { inboxPage } from './inbox-page.ts'

/** What Alertmanager sends: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export interface Notified {
  readonly status: string
  readonly receiver: string
  readonly groupKey: string
  readonly commonLabels: Readonly<Record<string, string>>
  readonly alerts: readonly NotifiedAlert[]
}

export interface NotifiedAlert {
  readonly status: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly startsAt: string
  readonly endsAt: string
}

export interface Notification extends Notified {
  /** Whose inbox it came to. */
  readonly team: string
  /** ISO 8601. */
  readonly receivedAt: string
}

export interface Inbox {
  readonly url: string
  stop(): Promise<void>
}

const mostBytes = 1024 * 1024
const mostNotifications = 500

/**
 * Stands in for PagerDuty and Slack: a page that shows who was told what. `POST /TEAM` is a team's webhook,
 * `GET /` the page, `GET /notifications` the same as JSON, the newest first.
 */
export const startInbox = async (port: number): Promise<Inbox> => {
  const kept: Notification[] = []
  const server = createServer((request, response) => {
    answer(request, kept).then(
      ([status, type, body]) => send(response, status, type, body),
      (error: Error) => send(response, 400, 'text/plain', error.message),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, stop }
}

type Answer = readonly [status: number, type: string, body: string]

const answer = async (request: IncomingMessage, kept: Notification[]): Promise<Answer> => {
  const path = request.url ?? '/'
  // A page elsewhere can point its own name at 127.0.0.1, and would then read along.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
    return [403, 'text/plain', 'The inbox answers on http://127.0.0.1 only']
  }
  if (request.method === 'POST') return take(request, path, kept)
  if (path === '/') return [200, 'text/html', inboxPage(kept)]
  if (path === '/notifications') return [200, 'application/json', JSON.stringify(kept)]
  return [404, 'text/plain', 'There is / and /notifications']
}

const take = async (
  request: IncomingMessage,
  path: string,
  kept: Notification[],
): Promise<Answer> => {
  const [, team] = /^\/([a-z0-9-]{1,64})$/.exec(path) ?? []
  if (team === undefined) return [404, 'text/plain', 'A webhook is /TEAM']
  // A browser asks first before it sends JSON elsewhere, and is not answered.
  if (!request.headers['content-type']?.startsWith('application/json')) {
    return [415, 'text/plain', 'A notification is JSON']
  }
  const notified: unknown = JSON.parse(await bodyOf(request))
  if (!isNotified(notified)) return [400, 'text/plain', 'This is no notification of Alertmanager']
  kept.unshift({ ...notified, team, receivedAt: new Date().toISOString() })
  kept.length = Math.min(kept.length, mostNotifications)
  return [200, 'text/plain', 'Kept']
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new Error('A notification has at most a megabyte')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const isNotified = (value: unknown): value is Notified =>
  isRecord(value) &&
  typeof value['status'] === 'string' &&
  typeof value['receiver'] === 'string' &&
  isTexts(value['commonLabels']) &&
  Array.isArray(value['alerts']) &&
  value['alerts'].every(isNotifiedAlert)

const isNotifiedAlert = (value: unknown): value is NotifiedAlert =>
  isRecord(value) &&
  [value['status'], value['startsAt'], value['endsAt']].every((each) => typeof each === 'string') &&
  isTexts(value['labels']) &&
  isTexts(value['annotations'])

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isRecord(value) && Object.values(value).every((each) => typeof each === 'string')

const send = (response: ServerResponse, ...[status, type, body]: Answer): void => {
  response
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
      // An unfinished body is not read on.
      ...(status === 400 && { connection: 'close' }),
    })
    .end(body)
}
