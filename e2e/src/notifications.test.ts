import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { parse, stringify } from 'yaml'
import {
  type PostedAlert,
  postAlerts,
  startAlertmanager,
  temporaryFolder,
} from './own-alertmanager.ts'
import { generated } from './two-teams.ts'

interface Call {
  readonly path: string
  readonly authorization: string | undefined
  readonly body: Body
}

/** What these tests read of PagerDuty's, Slack's and a webhook's messages. */
interface Body {
  readonly payload?: { readonly custom_details: Readonly<Record<string, string>> }
  readonly links?: readonly { readonly href: string }[]
  readonly attachments?: readonly { readonly text: string }[]
  readonly commonLabels?: Readonly<Record<string, string>>
  readonly alerts?: readonly PostedAlert[]
}

/** Stands in for Slack, PagerDuty and a webhook, and keeps what they are told. */
const listen = async () => {
  const calls: Call[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    calls.push({
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: JSON.parse(Buffer.concat(chunks).toString()),
    })
    response.writeHead(202).end('{"status":"success","message":"","dedup_key":"x"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** The generated configuration in a real Alertmanager, its waits cut short, and all that it tells. */
const startTeams = async () => {
  const { calls, url } = await listen()
  const folder = await temporaryFolder()
  const [routingKeyFile, apiUrlFile] = [join(folder, 'key'), join(folder, 'slack')]
  await writeFile(routingKeyFile, '0123456789abcdef0123456789abcdef')
  await writeFile(apiUrlFile, `${url}/slack`)
  const config = generated('alertmanager/alertmanager.yml', { apiUrlFile, routingKeyFile, url })
  const quick = parse(config.replaceAll('group_wait: 30s', 'group_wait: 1s'))
  const alertmanagerUrl = await startAlertmanager(
    stringify({ ...quick, global: { pagerduty_url: `${url}/pagerduty` } }),
  )
  /** Until nothing more can come: all wait one second. */
  const told = async () => {
    await sleep(3000)
    return calls.toSorted((a, b) => a.path.localeCompare(b.path))
  }
  return { post: (...alerts: PostedAlert[]) => postAlerts(alertmanagerUrl, alerts), told }
}

const alert = (
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>> = { summary: labels.alertname ?? '' },
): PostedAlert => ({
  // Alertmanager waits for a group from here on, so an old alert would not wait for those that explain it.
  startsAt: new Date().toISOString(),
  labels: {
    owner: 'platform',
    deployment_environment_name: 'production',
    ...labels,
  },
  annotations,
})

const ofDocuments = { feature: 'documents', objective: 'documents-availability' }
const burn = (severity: string) =>
  alert({ alertname: 'CxErrorBudgetBurn', severity, ...ofDocuments })
const outageOf = (customer: string) =>
  alert({ alertname: 'CxCustomerOutage', severity: 'ticket', customer, ...ofDocuments })

test('a page reaches PagerDuty and Slack with all that one needs, and nothing in it is markup', async () => {
  const { post, told } = await startTeams()
  const paged = alert(
    { alertname: 'CxErrorBudgetBurn', severity: 'page', ...ofDocuments },
    {
      summary: 'Documents <!channel> & "quoted" {{ .Labels }} é',
      description: '12 of 100 requests failed for <b>3</b> customers.',
      runbook_url: 'https://runbooks.example.com/a?b=1&c=2',
      dashboard_url: 'https://grafana.example.com/d/cx-documents',
      customer_url: 'https://grafana.example.com/d/cx?var-customer=a|b>c',
    },
  )
  await post(paged)
  const since = paged.startsAt?.slice(0, 16).replace('T', ' ')
  const [pager, channel, ...others] = await told()
  expect(others).toEqual([])
  expect(pager?.path).toBe('/pagerduty')
  expect(pager?.body).toMatchObject({
    routing_key: '0123456789abcdef0123456789abcdef',
    event_action: 'trigger',
    payload: {
      summary: 'Page: Documents <!channel> & "quoted" {{ .Labels }} é',
      severity: 'critical',
      class: 'CxErrorBudgetBurn',
      component: 'documents-availability',
      group: 'documents',
    },
    links: [
      { href: 'https://runbooks.example.com/a?b=1&c=2', text: 'Runbook' },
      { href: 'https://grafana.example.com/d/cx-documents', text: 'Dashboard' },
    ],
  })
  expect(pager?.body.payload?.custom_details.firing).toBe(
    [
      'Documents <!channel> & "quoted" {{ .Labels }} é',
      '12 of 100 requests failed for <b>3</b> customers.',
      `Since ${since} UTC. Owner: platform`,
      'Runbook: https://runbooks.example.com/a?b=1&c=2',
      'Dashboard: https://grafana.example.com/d/cx-documents',
      'Customer: https://grafana.example.com/d/cx?var-customer=a|b>c',
      '',
      '',
    ].join('\n'),
  )
  expect(channel?.path).toBe('/slack')
  expect(channel?.body).toMatchObject({ channel: '#platform' })
  expect(channel?.body.attachments).toMatchObject([
    {
      color: 'danger',
      title: 'Page: Documents &lt;!channel&gt; &amp; "quoted" {{ .Labels }} é',
      title_link: 'https://grafana.example.com/d/cx-documents',
    },
  ])
  expect(channel?.body.attachments?.[0]?.text).toBe(
    [
      'Documents &lt;!channel&gt; &amp; "quoted" {{ .Labels }} é',
      '12 of 100 requests failed for &lt;b&gt;3&lt;/b&gt; customers.',
      `Since ${since} UTC. Owner: platform`,
      '<https://runbooks.example.com/a?b=1&amp;c=2|Runbook>',
      '<https://grafana.example.com/d/cx-documents|Dashboard>',
      '<https://grafana.example.com/d/cx?var-customer=abc|Customer>',
      '',
      '',
    ].join('\n'),
  )
})

test('an alert without links still reaches PagerDuty, with links that lead to Alertmanager', async () => {
  const { post, told } = await startTeams()
  await post(burn('page'))
  const [pager] = await told()
  expect(pager?.body.links?.map(({ href }) => href)).toEqual([
    expect.stringMatching(/^http:/),
    expect.stringMatching(/^http:/),
  ])
})

test('one outage is one page: its tickets and its customers keep silent', async () => {
  const { post, told } = await startTeams()
  await post(burn('ticket'), outageOf('contoso'), burn('page'), outageOf('fabrikam'))
  expect((await told()).map(({ path }) => path)).toEqual(['/pagerduty', '/slack'])
})

test('without a page, the customers of one objective are one ticket', async () => {
  const { post, told } = await startTeams()
  await post(outageOf('contoso'), outageOf('fabrikam'))
  const calls = await told()
  expect(calls.map(({ path }) => path)).toEqual(['/platform-ticket'])
  expect(calls[0]?.body.alerts?.map(({ labels }) => labels.customer).toSorted()).toEqual([
    'contoso',
    'fabrikam',
  ])
})

test('a ticket of the whole objective holds back those of its customers', async () => {
  const { post, told } = await startTeams()
  await post(outageOf('contoso'), burn('ticket'))
  const [ticket, ...others] = await told()
  expect(others).toEqual([])
  expect(ticket?.body.alerts).toMatchObject([{ labels: { alertname: 'CxErrorBudgetBurn' } }])
})

test('a page holds back no ticket of another environment, nor one that has no objective', async () => {
  const { post, told } = await startTeams()
  const { labels } = burn('ticket')
  await post(
    burn('page'),
    alert({ ...labels, deployment_environment_name: 'staging' }),
    // Neither has an objective: equal, as Alertmanager sees it.
    alert({ alertname: 'CxServiceSilent', severity: 'page', service_name: 'some-service' }),
    alert({ alertname: 'CxBrowserErrors', severity: 'ticket', app: 'signup-web' }),
  )
  const calls = await told()
  expect(calls.map(({ path }) => path)).toEqual([
    '/pagerduty',
    '/pagerduty',
    '/platform-ticket',
    '/platform-ticket',
    '/slack',
    '/slack',
  ])
  expect(
    calls
      .filter(({ path }) => path === '/platform-ticket')
      .map(({ body }) => body.commonLabels?.alertname)
      .toSorted(),
  ).toEqual(['CxBrowserErrors', 'CxErrorBudgetBurn'])
})

test('each team hears its own alone, and a page elsewhere than in production is a ticket', async () => {
  const { post, told } = await startTeams()
  const silent = { alertname: 'CxServiceSilent', severity: 'page', service_name: 'signup' }
  await post(
    alert({ ...silent, owner: 'growth' }),
    alert({ ...silent, owner: 'growth', deployment_environment_name: 'staging' }),
  )
  const calls = await told()
  expect(calls.map(({ authorization, path }) => [path, authorization?.split(' ')[0]])).toEqual([
    ['/growth-page', 'Bearer'],
    ['/growth-ticket', undefined],
  ])
})
