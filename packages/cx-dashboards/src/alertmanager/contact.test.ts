import { owner, type Owner } from 'cx-definition'
import { expect, test } from 'vitest'
import { type Contact, contact, contactProblems } from './contact.ts'
import { pagerDuty, slack, webhook } from './receiver.ts'

const growth = owner('growth')
const platform = owner('platform')

const inbox = webhook({ url: 'https://inbox.example.com/growth' })
const sound = (of: Owner = growth) => contact(of, { page: [inbox], ticket: [inbox] })

const problemsOf = (contacts: readonly Contact[], owners: readonly Owner[] = [growth]) =>
  contactProblems('alerting.contacts', contacts, { owners })

const summary = (contacts: readonly Contact[], owners: readonly Owner[] = [growth]) =>
  problemsOf(contacts, owners).map(({ code, path }) => `${code} ${path}`)

test('every kind of receiver may page and take tickets', () => {
  const all = [
    pagerDuty({ routingKeyFile: '/etc/alertmanager/growth-key' }),
    slack({ apiUrlFile: 'C:\\alertmanager\\slack-url', channel: '#growth-alerts' }),
    webhook({ url: 'http://127.0.0.1:9095/growth', bearerTokenFile: '/run/secrets/token' }),
  ]
  expect(problemsOf([contact(growth, { page: all, ticket: all })])).toEqual([])
})

test('an owner without a contact is one whose alerts nobody hears', () => {
  expect(problemsOf([sound()], [growth, platform])).toEqual([
    {
      code: 'CX_ERR_NO_CONTACT',
      path: 'alerting.contacts',
      message: 'the owner "platform" has no contact, so that nobody would hear its alerts',
      remedy: 'Add contact(platform, { page: […], ticket: […] })',
    },
  ])
})

test('an owner that was removed, or defined twice, has no contact', () => {
  expect(summary([sound(), sound(platform)])).toEqual([
    'CX_ERR_UNKNOWN_OWNER alerting.contacts[1].owner',
  ])
  expect(summary([sound(owner('growth'))])).toEqual([
    'CX_ERR_UNKNOWN_OWNER alerting.contacts[0].owner',
  ])
})

test('an owner has one contact', () => {
  expect(summary([sound(), sound()])).toEqual(['CX_ERR_DUPLICATE_NAME alerting.contacts[1].owner'])
})

test('a severity that reaches nobody is refused', () => {
  expect(summary([contact(growth, { page: [], ticket: [inbox] })])).toEqual([
    'CX_ERR_EMPTY alerting.contacts[0].page',
  ])
})

test.for(['', 'growth-key', './growth-key', '/etc/a\nb', 'R0123456789ABCDEF0123456789ABCDEF'])(
  'the secret file %j is refused and not repeated',
  (routingKeyFile) => {
    const problems = problemsOf([
      contact(growth, { page: [pagerDuty({ routingKeyFile })], ticket: [inbox] }),
    ])
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'CX_ERR_SECRET_FILE alerting.contacts[0].page[0].routingKeyFile',
    ])
    if (routingKeyFile !== '') expect(JSON.stringify(problems)).not.toContain(routingKeyFile)
  },
)

test.for([
  'inbox.example.com',
  'ftp://example.com/x',
  'https://example.com/{{ .Labels.owner }}',
  'https://example.com/a b',
  'https://user:geheim@example.com/',
  'https://example.com/?access_token=geheim',
  'https://hooks.slack.com/services/T0/B0/geheim',
  'https://discord.com/api/webhooks/1/geheim',
])('the address %j is refused and not repeated', (url) => {
  const problems = problemsOf([contact(growth, { page: [webhook({ url })], ticket: [inbox] })])
  expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'CX_ERR_URL alerting.contacts[0].page[0].url',
  ])
  expect(JSON.stringify(problems)).not.toContain(url)
})

test.for(['', '#a b', '{{ .Labels.owner }}', '<!channel>', '\u0000'])(
  'the channel %j is refused',
  (channel) => {
    const ticket = [slack({ apiUrlFile: '/etc/slack', channel })]
    expect(summary([contact(growth, { page: [inbox], ticket })])).toEqual([
      'CX_ERR_NAME alerting.contacts[0].ticket[0].channel',
    ])
  },
)
