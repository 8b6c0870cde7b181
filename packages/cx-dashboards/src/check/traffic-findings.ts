import type { Objective } from 'cx-definition'
import { knowsCustomers } from '../promql/alert-conditions.ts'
import { eventsIn, labels } from '../promql/queries.ts'
import type { Finding } from './finding.ts'
import { type Comparison, measuredPaces, type Pace } from './measured-pace.ts'
import { counted, roughly, spokenNumber } from './spoken-number.ts'

/** More or less than declared by this factor, and the alerts are tuned for another service. */
const tolerance = 3

/** An objective's declared traffic beside that of the last days, hour by hour, as far back as there is data. */
export const trafficFindings = async (
  path: string,
  objective: Objective,
  comparison: Comparison,
): Promise<Finding[]> => {
  const { environments } = comparison
  const found = await measuredPaces(objective, comparison)
  if (found.length === 0) return [await nothingFound(path, objective, comparison)]
  const named = found.filter(({ environment }) => environment !== '')
  const counting = named.filter(
    ({ environment }) => environments.length === 0 || environments.includes(environment),
  )
  return [
    ...(named.length < found.length ? [noEnvironment(path, objective)] : []),
    ...(named.length > 0 && counting.length === 0 ? [elsewhere(path, objective, named)] : []),
    ...counting.flatMap((each) => paceFindings(path, objective, each)),
    ...(await goodFindings(path, objective, comparison)),
    ...(knowsCustomers(objective) ? await customerFindings(path, objective, comparison) : []),
  ]
}

/** Whether the metric itself is missing, or only what is asked of it; and since when it is there. */
const nothingFound = async (
  path: string,
  { indicator, name }: Objective,
  { dimension, prometheus }: Comparison,
): Promise<Finding> => {
  const { instrument } = indicator.total
  const any = (ago?: string) =>
    eventsIn(
      { instrument, operations: [{}], where: [] },
      { dimension, matchers: [] },
      '1h',
      [],
      ago,
    )
  const isThere = async (ago?: string) => (await prometheus.query(any(ago).text)).length > 0
  const at = `${path}.indicator`
  if (!(await isThere())) {
    return {
      severity: 'warning',
      path: at,
      message: `${name}: Prometheus has had no ${instrument.name} for it in 7 days, nor any now`,
      remedy: 'Deploy what records it first, and look whether Prometheus scrapes it',
    }
  }
  // In its first hours, perhaps nobody came yet.
  const isOld = await isThere('1d')
  return {
    severity: isOld ? 'error' : 'warning',
    path: at,
    message: `${name}: ${instrument.name} is there, and ${isOld ? 'in 7 days' : 'so far'} nothing of it was what this objective counts; while that is so, no alert of it can fire`,
    remedy: 'Compare service, method, route and labels with the series that Prometheus has',
  }
}

const noEnvironment = (path: string, { indicator, name }: Objective): Finding => ({
  severity: 'error',
  path: `${path}.indicator`,
  message: `${name}: some series of ${indicator.total.instrument.name} lack the label ${labels.environment}, so no route knows whether to page`,
  remedy: 'Set the resource attribute deployment.environment.name, and let Prometheus promote it',
})

const elsewhere = (path: string, { name }: Objective, found: readonly Pace[]): Finding => ({
  severity: 'warning',
  path: `${path}.indicator`,
  message: `${name} has events in ${found.map(({ environment }) => environment).join(', ')} only, where pages are tickets`,
  remedy: 'Compare alerting.environments with what services call their environment',
})

const paceFindings = (path: string, { name, traffic }: Objective, pace: Pace): Finding[] => {
  const { environment, perHour: measured, seconds } = pace
  const where = `in ${environment} over ${roughly(seconds)}`
  const remedy = `Declare traffic: perHour(${Number(measured.toPrecision(2))}), if that is a usual week`
  const at = `${path}.traffic`
  if (!traffic) {
    const message = `${name}: ${counted(measured, 'event')} an hour were seen ${where}`
    return measured > 0 ? [{ severity: 'note', path: at, message, remedy }] : []
  }
  const factor = measured / traffic.perHour
  if (factor >= 1 / tolerance && factor <= tolerance) return []
  const message = `${name} declares ${counted(traffic.perHour, 'event')} an hour, and ${spokenNumber(measured)} were seen ${where}: its alerts are tuned for other traffic`
  return measured > 0
    ? [{ severity: 'warning', path: at, message, remedy }]
    : [{ severity: 'warning', path: at, message, remedy: 'Look whether anyone uses it' }]
}

/** A wrong threshold or label finds nothing good, and everything would count as failed. */
const goodFindings = async (
  path: string,
  { indicator, name }: Objective,
  { dimension, prometheus }: Comparison,
): Promise<Finding[]> => {
  const scope = { dimension, matchers: [] }
  const last = async (event: 'good' | 'total') => {
    const found = await prometheus.query(eventsIn(indicator[event], scope, '1d').text)
    return found.reduce((sum, { value }) => sum + value, 0)
  }
  const total = await last('total')
  if (!(total > 0) || (await last('good')) > 0) return []
  const { within } = indicator.good
  return [
    {
      severity: 'error',
      path: `${path}.indicator`,
      message: `${name}: none of ${counted(total, 'event')} of the last day was good`,
      remedy: `Look whether its alerts may not be right about that; if they are not, compare the labels${within ? ` and whether the metric has a bucket with le="${within.seconds}"` : ''}`,
    },
  ]
}

const customerFindings = async (
  path: string,
  { indicator, name }: Objective,
  { dimension, prometheus }: Comparison,
): Promise<Finding[]> => {
  const scope = { dimension, matchers: [] }
  const by = [labels.environment, dimension]
  const found = await prometheus.query(eventsIn(indicator.total, scope, '1h', by).text)
  if (found.every(({ labels: own }) => (own[dimension] ?? '') !== '')) return []
  return [
    {
      severity: 'warning',
      path: `${path}.indicator`,
      message: `${name}: some series of ${indicator.total.instrument.name} lack the label ${dimension}, so one customer’s outage looks like everybody’s`,
      remedy: 'Give the dimension its name in the catalog, or the services the label',
    },
  ]
}
