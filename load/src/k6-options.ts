import type { Options, Scenario as K6Scenario } from 'k6/options'
import { peakRequestsPerSecond, type Scenario, thresholds } from './scenarios.ts'

/** The scenarios as k6 wants them. */
export const k6Options = (scenarios: readonly Scenario[]): Options => ({
  scenarios: Object.fromEntries(scenarios.map((scenario) => [scenario.name, arrivals(scenario)])),
  thresholds: {
    http_req_failed: [`rate<${thresholds.failedBelow}`],
    checks: [`rate>${thresholds.documentedAbove}`],
    ...Object.fromEntries(
      scenarios.map(({ name, operation }) => [
        `http_req_duration{scenario:${name}}`,
        [`p(95)<${operation.p95Milliseconds}`],
      ]),
    ),
  },
})

/** An arrival rate, not a number of users: customers do not come slower because the service is slow. */
const arrivals = (scenario: Scenario): K6Scenario => {
  const peak = peakRequestsPerSecond(scenario)
  return {
    executor: 'ramping-arrival-rate',
    startRate: scenario.fromRequestsPerSecond,
    timeUnit: '1s',
    stages: scenario.stages.map(({ seconds, toRequestsPerSecond }) => ({
      duration: `${Math.round(seconds * 1000)}ms`,
      target: toRequestsPerSecond,
    })),
    // Enough for answers that take a second; at most for answers that take four.
    preAllocatedVUs: peak,
    maxVUs: peak * 4,
  }
}
