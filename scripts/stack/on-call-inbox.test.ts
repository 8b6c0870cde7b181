import { request } from 'node:http'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { inboxPage } from './inbox-page.ts'
import { startInbox } from './on-call-inbox.ts'
import { freePorts } from './ports.ts'

const open = async (): Promise<string> => {
  const { inbox: port } = await freePorts()
  const inbox = await startInbox(port)
  onTestFinished(inbox.stop)
  return inbox.url
}

const notified = (annotations: Readonly<Record<string, string>>, status = 'firing') => ({
  status,
  receiver: 'cx-growth-page',
  groupKey: '{}',
  commonLabels: { severity: 'page', owner: 'growth' },
  alerts: [
    {
      status,
      labels: { alertname: 'CxErrorBudgetBurn', owner: 'growth' },
      annotations,
      startsAt: '2026-11-22T10:00:00Z',
      endsAt: '2026-11-22T11:00:00Z',
    },
  ],
})

const post = (url: string, body: unknown, type = 'application/json') =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

test('what a team is told is on the page and in the JSON, the newest first', async () => {
  const url = await open()
  await post(`${url}/growth`, notified({ summary: 'The signup fails', description: '12 of 40' }))
  await post(`${url}/platform`, notified({ summary: 'Documents fail' }, 'resolved'))
  const page = await (await fetch(url)).text()
  expect(page).toContain('Since 2026-11-22 10:00:00 UTC, over since 2026-11-22 11:00:00 UTC.')
  expect(page).toMatch(/Over for platform[^]*Documents fail[^]*Page for growth[^]*12 of 40/)
  expect(await (await fetch(`${url}/notifications`)).json()).toMatchObject([
    { team: 'platform', status: 'resolved' },
    { team: 'growth', status: 'firing', alerts: [{ annotations: { description: '12 of 40' } }] },
  ])
})

test('nothing that was told is markup on the page, and no link runs anything', async () => {
  const url = await open()
  const evil = `"><script>alert(1)</script><a href='javascript:alert(1)'>&`
  await post(
    `${url}/growth`,
    notified({
      summary: evil,
      description: evil,
      runbook_url: 'javascript:alert(1)',
      dashboard_url: 'https://example.com/"><script>',
    }),
  )
  const response = await fetch(url)
  const page = await response.text()
  expect(page).not.toMatch(/<script|href=['"]?javascript/)
  expect(page).toContain('&lt;script&gt;')
  expect(page).toContain('href="https://example.com/&quot;&gt;&lt;script&gt;"')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('any text leaves the page’s own tags as they are', () => {
  const tags = (text: string) => text.match(/<[^>]*>/g)
  const page = (text: string) =>
    inboxPage([
      {
        ...notified({ summary: text, description: text }),
        team: 'growth',
        receivedAt: '2026-11-22T10:00:00Z',
      },
    ])
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'/=a {}$') }), (text) => {
      expect(tags(page(text))).toEqual(tags(page('')))
    }),
  )
})

test.for([
  ['a form of another site', '/growth', 'a=b', 'text/plain', 415],
  ['no JSON', '/growth', '{', 'application/json', 400],
  ['something else', '/growth', '{"alerts":[{}]}', 'application/json', 400],
  ['no team', '/', '{}', 'application/json', 404],
  [
    'more than a megabyte',
    '/growth',
    JSON.stringify(notified({ description: 'x'.repeat(1024 * 1024) })),
    'application/json',
    400,
  ],
] as const)('%s is refused and not kept', async ([, path, body, type, status]) => {
  const url = await open()
  expect((await post(url + path, body, type)).status).toBe(status)
  expect(await (await fetch(`${url}/notifications`)).json()).toEqual([])
})

test('a name of another site that leads here is not answered', async () => {
  const url = await open()
  const status = await new Promise((resolve) => {
    request(`${url}/notifications`, { headers: { host: 'evil.example.com' } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).end()
  })
  expect(status).toBe(403)
})
