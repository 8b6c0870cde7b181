import { contact, datadogContact, webhook } from 'cx-dashboards'
import { growth, identity, platform } from './owners.ts'

// In the sample all teams have their webhook at the on-call inbox of `npm start`. A real team has a pager and a channel:
//   contact(growth, {
//     page: [pagerDuty({ routingKeyFile: '/etc/alertmanager/growth-routing-key' })],
//     ticket: [slack({ apiUrlFile: '/etc/alertmanager/slack-url', channel: '#growth-alerts' })],
//   })
const inbox = process.env['ONCALL_INBOX_URL'] || 'http://127.0.0.1:9095'

export const contacts = [growth, identity, platform].map((owner) => {
  const team = [webhook({ url: new URL(`/${owner.name}`, inbox).href })]
  // Where it would be seen who is on call.
  return contact(owner, { page: team, ticket: team, onCallUrl: inbox })
})

// Handles of Datadog's integrations with a pager and a chat.
export const datadogContacts = [growth, identity, platform].map((owner) =>
  datadogContact(owner, {
    page: [`@pagerduty-${owner.name}`],
    ticket: [`@slack-${owner.name}-alerts`],
  }),
)
