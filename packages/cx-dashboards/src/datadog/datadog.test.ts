import { catalog, owner } from 'cx-definition'
import { expect, test } from 'vitest'
import { defineDashboards } from '../dashboard-set.ts'
import { datadogContact } from './contact.ts'
import type { DatadogMonitors } from './datadog.ts'
import { handlesOf } from './datadog-context.ts'
import { sampleContext } from './testing/sample-context.ts'
import { datadogMonitors } from './monitors.ts'

const team = owner('team')
const contacts = [datadogContact(team, { page: ['@pagerduty-team'], ticket: ['@slack-team'] })]

const define = (uid: string, changed: Partial<DatadogMonitors>) =>
  defineDashboards({
    catalog: catalog({ owners: [team], features: [] }),
    folder: { uid, title: 'CX' },
    dashboards: [],
    datadog: {
      site: 'datadoghq.eu',
      monitors: { mode: 'shadow', environment: 'production', contacts, ...changed },
    },
  })

test.for(['Cx', 'cx_'])(
  'the uid %s, which another’s tag would be the same as, is refused',
  (uid) => {
    expect(() => define(uid, {})).toThrow(/folder\.uid: .* is kept by Datadog as "cx"/)
    expect(() => define('cx', {})).not.toThrow()
  },
)

test('a mode that is none is refused, and tells nobody', () => {
  const mode = 'Shadow' as 'shadow'
  expect(() => define('cx', { mode })).toThrow(/datadog\.monitors\.mode: "Shadow" is no mode/)
  expect(handlesOf(team, 'page', { mode, environment: 'production', contacts })).toEqual([])
})

test.for(['***', ' ', ''])(
  'the environment “%s”, of which no tag is left, is refused',
  (environment) => {
    expect(() => define('cx', { environment })).toThrow(/datadog\.monitors\.environment/)
  },
)

test('sessions are asked for by the environment as it is stored', () => {
  const context = sampleContext()
  const monitors = { ...context.monitors, environment: 'Production EU' }
  const text = JSON.stringify(datadogMonitors({ ...context, monitors }))
  expect(text).toContain('production_eu')
  expect(text).not.toContain('Production EU')
  expect(text).not.toMatch(/Production(%20|\+|\\ )EU/)
})
