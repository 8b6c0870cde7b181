import { latency, milliseconds, minutes, perHour, seconds, service } from 'cx-definition'
import { expect, test } from 'vitest'
import { catalogWith, documents, platform, read } from '../../fakes/one-objective.ts'
import { costLines } from './cost-lines.ts'
import { catalogCost } from './cost.ts'

const alerting = { contacts: [], environments: ['production'] }
const cost = (catalog: ReturnType<typeof catalogWith>, interval = seconds(30)) =>
  catalogCost(
    { catalog, folder: { uid: 'cx', title: 'CX' }, dashboards: [] },
    { ...alerting, interval },
    seconds(15),
  )

const few = { dimension: { limit: 10, pinned: ['contoso'] } }
// Ten, a pinned one, and none, invalid and other.
const customers = 14

test('a service’s own series are counted to the last bucket', () => {
  const { services } = cost(catalogWith({}, few))
  // For each of 3 outcomes: a counter; 14 bounds and +Inf, a sum and a count.
  expect(services).toEqual([
    { service: 'api', operations: 2, series: 2 * customers * 3 * (1 + 17) },
  ])
})

test('a threshold adds its bucket', () => {
  const indicator = latency({ of: [read], within: milliseconds(300) })
  expect(cost(catalogWith({ indicator }, few)).services[0]?.series).toBe(
    2 * customers * 3 * (1 + 18),
  )
})

test('each record is a series, and each by customer one for each of them', () => {
  const [fast] = cost(catalogWith({ traffic: perHour(600) }, few)).groups
  const [more] = cost(
    catalogWith({ traffic: perHour(600) }, { dimension: { limit: 11, pinned: ['contoso'] } }),
  ).groups
  const byCustomer = (more?.series ?? 0) - (fast?.series ?? 0)
  expect(byCustomer).toBeGreaterThan(0)
  const alerts = 3
  expect(fast?.series).toBe((fast?.rules ?? 0) - alerts - byCustomer + byCustomer * customers)
  expect(fast?.samplesADay).toBe((fast?.series ?? 0) * 2880)
})

test('a raw range is read once for each series and scrape', () => {
  const silence = cost(catalogWith({}, { ...few, services: [service('api', { owner: platform })] }))
  // cx_build_info over ten minutes, scraped every 15 seconds.
  expect(silence.groups.at(-1)).toMatchObject({
    group: 'cx-services',
    series: 0,
    rawRead: 40,
    recordedRead: 0,
  })
})

test('month-long sums read what was recorded, and nothing raw', () => {
  const budget = cost(catalogWith({}, few)).groups.find(({ group }) => group.endsWith('-budget'))
  expect(budget?.rawRead).toBe(0)
  // Three sums over 30 days of steps of two minutes, and little else.
  expect(budget?.recordedRead).toBeGreaterThan(3 * 21_600)
  expect(budget?.recordedRead).toBeLessThan(3 * 21_600 + 2000)
})

test('rules that are evaluated less often record less', () => {
  const [often] = cost(catalogWith({}, few), seconds(30)).groups
  const [seldom] = cost(catalogWith({}, few), minutes(1)).groups
  expect(seldom?.samplesADay).toBe((often?.samplesADay ?? 0) / 2)
})

test('the table has a line for each group, and their sum', () => {
  const found = cost(catalogWith({ feature: documents }, few))
  const lines = costLines(found)
  expect(lines[0]).toContain('at 14 values of the dimension')
  expect(lines.filter((line) => line.startsWith('  cx-'))).toHaveLength(found.groups.length)
  expect(lines.find((line) => line.startsWith('  together'))).toContain(
    String(found.groups.reduce((sum, { rules }) => sum + rules, 0)),
  )
})
