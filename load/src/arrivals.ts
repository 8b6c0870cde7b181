import type { Scenario } from './scenarios.ts'

/** How many requests of a scenario should have been sent after so many seconds: the area below its rate. */
export const dueRequests = (scenario: Scenario, elapsedSeconds: number): number => {
  let due = 0
  let rate = scenario.fromRequestsPerSecond
  let left = elapsedSeconds
  for (const { seconds, toRequestsPerSecond } of scenario.stages) {
    if (left <= 0) break
    const within = Math.min(left, seconds)
    const rateThen = rate + ((toRequestsPerSecond - rate) * within) / seconds
    due += ((rate + rateThen) / 2) * within
    left -= seconds
    rate = toRequestsPerSecond
  }
  return due
}
