// Run by k6 itself: `k6 run src/traffic-k6.ts`, with BASE_URL, LOAD_FACTOR and LOAD_ALLOW_HOST.
import { check } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import { k6Options } from './k6-options.ts'
import { expectedStatuses, requestOf, shortened } from './scenarios.ts'
import { readSettings } from './settings.ts'

const { baseUrl, factor } = readSettings(__ENV)
const scenarios = shortened(factor)

export const options = k6Options(scenarios)

export default (): void => {
  const scenario = scenarios.find(({ name }) => name === exec.scenario.name)
  if (!scenario) throw new Error(`k6 runs ${exec.scenario.name}, which is no scenario of ours`)
  const { operation } = scenario
  const { body, headers, method, path } = requestOf(scenario, exec.scenario.iterationInTest)
  const response = http.request(method, baseUrl + path, body, {
    headers,
    timeout: '10s',
    // k6 counts every 4xx as failed; the sample's documented ones would flip the threshold by chance.
    responseCallback: http.expectedStatuses(...expectedStatuses(operation)),
    // One name for all documents: k6 makes a time series of each.
    tags: { name: `${method} ${operation.route}` },
  })
  check(response, {
    'answered as documented': ({ status }) => operation.documentedStatuses.includes(status),
  })
}
