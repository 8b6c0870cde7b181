import { catalogDashboards, contact, defineDashboards, pagerDuty, webhook } from 'cx-dashboards'
import { percent } from 'cx-definition'
import set from 'sample-catalog/dashboards'
import { growth, platform } from 'sample-catalog/owners'

const { alerting, catalog: today } = set
if (!alerting) throw new Error('the sample has alerts')

// Passwords go over to another team.
const features = today.features.map((each) =>
  each.name === 'password-field' ? { ...each, owner: growth } : each,
)

/** The sample after a quarter: a stricter promise, one less, a feature of another team, and a team with a pager. */
const changed: typeof today = {
  ...today,
  features,
  objectives: today.objectives
    .filter(({ name }) => name !== 'documents-write-latency')
    .map((each) => ({
      ...each,
      feature: features.find(({ name }) => name === each.feature.name) ?? each.feature,
      target: each.name === 'documents-availability' ? percent(99.9) : each.target,
    })),
}

const inbox = webhook({ url: 'http://127.0.0.1:9095/platform' })
const pager = pagerDuty({ routingKeyFile: '/etc/alertmanager/platform-routing-key' })

export default defineDashboards({
  ...set,
  catalog: changed,
  dashboards: [
    ...catalogDashboards({ catalog: changed }),
    ...set.dashboards.filter(({ uid }) => uid.startsWith('documents-api')),
  ],
  alerting: {
    ...alerting,
    contacts: [
      ...alerting.contacts.filter(({ owner }) => owner !== platform),
      contact(platform, { page: [pager], ticket: [inbox] }),
    ],
  },
})
