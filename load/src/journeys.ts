import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'
import { journeyByBeacon } from './journey-by-beacon.ts'
import { journeyByBrowser } from './journey-by-browser.ts'
import { type JourneyPlan, type JourneyResult, planJourney } from './journey-plan.ts'
import { checkedBaseUrl } from './settings.ts'

export interface JourneysOptions {
  /** Of signup-web; must lead to this machine, or to `allowedHost`. */
  readonly baseUrl: string
  readonly allowedHost?: string
  /** A browser of Chromium's kind. Without it the same is told by requests alone. */
  readonly browser?: { readonly executablePath: string; readonly args: readonly string[] }
  /** Ends after so many; without it, with the signal alone. */
  readonly count?: number
  readonly signal?: AbortSignal
  /** From 0 up to, not including, 1. */
  readonly random?: () => number
}

export interface JourneysSummary {
  readonly journeys: number
  readonly completed: number
  readonly failures: number
  /** Those that came to no end, such as when the machine was too busy. */
  readonly lost: number
}

/** A browser takes the better part of a processor while it loads a page; people come one by one. */
const pace = {
  browser: { atOnce: 2, perMinute: 20 },
  beacon: { atOnce: 8, perMinute: 240 },
} as const

/** People who sign up: one after another, a few at a time, some of whom leave on the way. */
export const runJourneys = async ({
  allowedHost,
  baseUrl,
  browser: wanted,
  count = Infinity,
  random = Math.random,
  signal = new AbortController().signal,
}: JourneysOptions): Promise<JourneysSummary> => {
  const url = checkedBaseUrl(baseUrl, allowedHost)
  const browser = wanted && (await launch(wanted))
  const { atOnce, perMinute } = pace[browser ? 'browser' : 'beacon']
  const take = (plan: JourneyPlan): Promise<JourneyResult> =>
    browser ? journeyByBrowser(browser, url, plan) : journeyByBeacon(url, plan, signal)

  const sum = { journeys: 0, completed: 0, failures: 0, lost: 0 }
  const running = new Set<Promise<void>>()
  const takeOne = async (): Promise<void> => {
    sum.journeys += 1
    try {
      const { completed, failures } = await take(planJourney(random))
      sum.completed += completed ? 1 : 0
      sum.failures += failures
    } catch {
      sum.lost += 1
    }
  }
  const begin = (): void => {
    const journey = takeOne().finally(() => running.delete(journey))
    running.add(journey)
  }

  try {
    while (!signal.aborted && sum.journeys < count) {
      if (running.size < atOnce) begin()
      await sleep(60_000 / perMinute, undefined, { signal }).catch(() => {})
    }
    await Promise.race([Promise.all(running), aborted(signal)])
  } finally {
    // Ends what is under way in it.
    await browser?.close()
    await Promise.all(running)
  }
  return sum
}

const launch = ({
  args,
  executablePath,
}: NonNullable<JourneysOptions['browser']>): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [...args],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
