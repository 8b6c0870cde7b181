import {
  breach,
  type Catalog,
  days,
  minutes,
  type ObjectiveOptions,
  owner,
  percent,
  perHour,
  service,
} from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catalogWith, platform } from '../../fakes/one-objective.ts'
import { contact } from '../alertmanager/contact.ts'
import { webhook } from '../alertmanager/receiver.ts'
import { type LiveGroup, readGroups } from '../plan/live-rules.ts'
import { rulesOf } from '../plan/rules-directory-plan.ts'
import { describeRules } from './describe-rules.ts'

const hook = webhook({ url: 'https://example.com/' })

const groupsOf = (catalog: Catalog): LiveGroup[] =>
  rulesOf({
    catalog,
    folder: { uid: 'cx', title: 'CX' },
    dashboards: [],
    alerting: {
      contacts: catalog.owners.map((each) => contact(each, { page: [hook], ticket: [hook] })),
      environments: ['production'],
    },
  }).flatMap(({ groups }) => readGroups(groups))

const base = { traffic: perHour(600) }

/** What is said of a catalog's rules when its objective is given other options. */
const said = (before: Partial<ObjectiveOptions>, after: Partial<ObjectiveOptions>): string[] => {
  const changed = catalogWith({ ...base, ...after })
  return describeRules(
    groupsOf(catalogWith({ ...base, ...before })),
    groupsOf(changed),
    changed.objectives,
  )
}

const startingWith = (begin: string) => (lines: readonly string[]) =>
  lines.filter((line) => line.startsWith(begin))

const pages = startingWith('CxErrorBudgetBurn (page) of documents:')

test('rules compared with themselves say nothing', () => {
  expect(said({}, {})).toEqual([])
})

test('a stricter promise is told in minutes and in failures, from the model of the alerts', () => {
  const words = said({ target: percent(99) }, { target: percent(99.9) })
  expect(words[0]).toBe('documents: promised: 99 % → 99.9 %')
  expect(pages(words).slice(0, 3)).toEqual([
    'CxErrorBudgetBurn (page) of documents: more sensitive: at 600 events an hour a full outage pages after 2 minutes instead of after 11 minutes',
    'CxErrorBudgetBurn (page) of documents: over 1 hour: above 1.44 % instead of 14.4 %; 17 failed of 600 events are enough instead of 110',
    'CxErrorBudgetBurn (page) of documents: over 6 hours: above 0.6 % instead of 6 %; 34 failed of 3,600 events are enough instead of 252',
  ])
})

test('a laxer promise is less sensitive', () => {
  expect(pages(said({ target: percent(99.9) }, { target: percent(99) }))[0]).toContain(
    'less sensitive: at 600 events an hour a full outage pages after 11 minutes instead of after 2 minutes',
  )
})

test('a tier that a promise has no room for is told as gone', () => {
  const words = pages(said({ target: percent(99) }, { target: percent(90) }))
  expect(words.join('\n')).toContain('no more over 1 hour (it fired above 14.4 %)')
})

test('less traffic is a longer quiet before an alert is over, and no other change', () => {
  expect(said({ traffic: perHour(6000) }, { traffic: perHour(60) }).slice(0, 2)).toEqual([
    expect.stringContaining('stays on after it is over: 1 minute → 15 minutes'),
    expect.stringContaining('stays on after it is over: 1 minute → 15 minutes'),
  ])
})

test('alerts gained say what they bring, and those lost that they go', () => {
  const simple = breach({ below: percent(99), lasting: minutes(5), severity: 'ticket' })
  expect(said({}, { breaches: [simple] })).toContain(
    'CxBreach (ticket) of documents below 99 % for 5 minutes: alert gained: at 600 events an hour a full outage makes a ticket after 24 seconds',
  )
  expect(said({ breaches: [simple] }, {})).toContain(
    'CxBreach (ticket) of documents below 99 % for 5 minutes: alert lost',
  )
})

test('a breach that pages from now on is one alert, and no other', () => {
  const at = (severity: 'page' | 'ticket') => ({
    breaches: [breach({ below: percent(99), lasting: minutes(5), severity })],
  })
  expect(said(at('ticket'), at('page'))).toEqual([
    'CxBreach (page) of documents below 99 % for 5 minutes: severity: ticket → page',
  ])
})

test('another window of the promise is told', () => {
  expect(said({}, { window: days(7) })[0]).toBe('documents: promised over: 30 days → 7 days')
})

test('another owner is told as the team that alerts go to', () => {
  const other = owner('growth')
  const before = catalogWith(base)
  const objectives = before.objectives.map((each) => ({
    ...each,
    feature: { ...each.feature, owner: other },
  }))
  const after = { ...before, owners: [platform, other], objectives }
  expect(describeRules(groupsOf(before), groupsOf(after), after.objectives)).toContain(
    'CxErrorBudgetBurn (page) of documents: is told to the team: platform → growth',
  )
})

test('two services of one owner are told apart', () => {
  const services = (names: readonly string[]) =>
    groupsOf(
      catalogWith(base, { services: names.map((name) => service(name, { owner: platform })) }),
    )
  expect(describeRules(services(['api', 'web']), services(['web']), [])).toEqual([
    'CxServiceSilent (page) “api is silent”: alert lost',
  ])
})

test('two services of one owner stay who they are, in another order and another environment', () => {
  const rules = (names: readonly string[], environment: string) => [
    {
      name: 'cx-services',
      rules: names.map((name) => ({
        alert: 'CxServiceSilent',
        expr: `absent_over_time(cx_build_info{service_name="${name}", e="${environment}"}[10m])`,
        labels: { severity: 'page', owner: 'platform' },
        annotations: { summary: `${name} is silent in {{ $labels.e }}` },
      })),
    },
  ]
  const words = describeRules(rules(['api', 'web'], 'one'), rules(['web', 'api'], 'two'), [])
  expect(words).toEqual([
    'CxServiceSilent (page) “web is silent”: text in its condition: "one" → "two"',
    'CxServiceSilent (page) “api is silent”: text in its condition: "one" → "two"',
  ])
})

const handWritten = (expr: string, more = {}) => [
  { name: 'mine', rules: [{ alert: 'HighErrors', expr, labels: {}, annotations: {}, ...more }] },
]

test.each([
  ['less sensitive, fires above: 0.05 → 0.1', 'rate(errors[5m]) > 0.05', 'rate(errors[5m]) > 0.1'],
  ['more sensitive, fires below: 1 → 2', 'up < 1', 'up < 2'],
  ['span in its condition: 5m → 10m', 'rate(errors[5m]) > 1', 'rate(errors[10m]) > 1'],
  ['text in its condition: "a" → "b"', 'up{job="a"} == 0', 'up{job="b"} == 0'],
  ['condition: up == 0 → absent(up)', 'up == 0', 'absent(up)'],
])('of a rule that somebody wrote by hand: %s', (expected, before, after) => {
  expect(describeRules(handWritten(before), handWritten(after), [])).toEqual([
    `HighErrors: ${expected}`,
  ])
})

test('a ruler’s own way to write a duration is no change', () => {
  expect(
    describeRules(handWritten('up', { for: '60m' }), handWritten('up', { for: '1h' }), []),
  ).toEqual([])
})

test('nothing in a rule moves a cursor', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 })
  fc.assert(
    fc.property(text, text, text, (name, expr, label) => {
      const live = handWritten(`${expr}\u001B[2J`, { labels: { severity: `${label}\n\u009B` } })
      const words = describeRules(live, handWritten(name, { alert: `${name}\u202E` }), [])
      expect(words.join('')).not.toMatch(/[\p{Cc}\u202E]/u)
    }),
    { numRuns: 50 },
  )
})
