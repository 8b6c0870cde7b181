import { expect, onTestFinished } from 'vitest'
import type { DatadogObject } from '../src/datadog/datadog-object.ts'
import { planDatadog } from '../src/plan/datadog-plan.ts'
import type { PlanOptions } from '../src/plan/step.ts'
import { connectDatadog, type DatadogOptions } from '../src/publishers/datadog-api.ts'
import { publishSteps } from '../src/publish/publish-steps.ts'
import { outcomeLines, summaryLine } from '../src/publish/publish-words.ts'
import {
  type FakeDatadog,
  type FakeDatadogOptions,
  startFakeDatadog,
} from './fake-datadog/fake-datadog.ts'
import { type Json, type Kind, update } from './fake-datadog/store.ts'

export const access = { site: 'datadoghq.eu', apiKey: 'secret-api', appKey: 'secret-app' }

/** A fake Datadog until the test's end, and publishing into it as the command does. */
export const datadogSubject = async (
  options: FakeDatadogOptions = {},
  connection: DatadogOptions = {},
) => {
  const fake = await startFakeDatadog({ ...access, ...options })
  onTestFinished(fake.close)
  const waits: number[] = []
  const connect = (more: DatadogOptions = {}) =>
    connectDatadog(
      { ...access, url: fake.url },
      { wait: async (milliseconds) => void waits.push(milliseconds), ...connection, ...more },
    )
  const publish = async (objects: readonly DatadogObject[], plan: PlanOptions = {}) => {
    const steps = await planDatadog(objects, 'CX', await connect(), plan)
    const told: string[] = []
    const outcomes = await publishSteps(steps, {
      begin: () => undefined,
      end: (outcome) => void told.push(...outcomeLines(outcome)),
    })
    return { steps, told: told.join('\n'), summary: summaryLine(outcomes) }
  }
  return { fake, connect, publish, waits }
}

export const named = (fake: FakeDatadog, kind: Kind, name: string): readonly Json[] =>
  [...fake.store[kind].values()].filter(
    ({ name: its, title }) => its === name || title === name || `${its}`.endsWith(` ${name}`),
  )

/** @returns the one of that name; nothing where there is none */
export const only = (fake: FakeDatadog, kind: Kind, name: string): Json => {
  const [first, ...others] = named(fake, kind, name)
  expect(others).toEqual([])
  return first ?? {}
}

export const idOf = (json: Json): string => String(json['id'])

export const writes = (fake: FakeDatadog): readonly string[] =>
  fake.requests.filter((each) => !each.startsWith('GET ') && !each.includes('/validate'))

/** What a person does in Datadog's own pages. */
export const byHand = (fake: FakeDatadog, kind: Kind, json: Json, change: Json): Json =>
  update(fake.store, kind, idOf(json), { ...json, ...change }) ?? {}
