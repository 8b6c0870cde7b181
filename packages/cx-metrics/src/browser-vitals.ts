/// <reference lib="dom" />
import type { WebVital } from 'cx-definition'
import { type Metric, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'
import { quietly } from './browser-quietly.ts'

const mostPages = 50

/**
 * Measures web vitals, each for the page template that was shown when it happened.
 * @param report called once for each vital of a page load, or of a page shown again from the browser's
 * cache; with seconds, or for CLS a score. What changes after the page was first hidden is left out,
 * since a value once counted cannot be taken back.
 * @returns tells which page is shown from now on
 */
export const observeVitals = (
  report: (name: WebVital, page: string, value: number) => void,
): ((page: string) => void) => {
  const pages: [from: number, page: string][] = []
  const waiting: Metric[] = []
  const lastId = new Map<WebVital, string>()

  const pageAt = (time: number): string | undefined =>
    (pages.findLast(([from]) => from <= time) ?? pages[0])?.[1]

  const observed = (metric: Metric): void => {
    const { entries, id, name, value } = metric
    if (pages.length === 0) {
      waiting.push(metric)
      return
    }
    if (lastId.get(name) === id) return
    lastId.set(name, id)
    const page = pageAt(entries[0]?.startTime ?? performance.now())
    if (page !== undefined) report(name, page, rounded(name === 'CLS' ? value : value / 1000))
  }

  const start = quietly((observe: (callback: (metric: Metric) => void) => void) =>
    observe(quietly(observed)),
  )
  for (const observe of [onCLS, onFCP, onLCP, onTTFB]) start(observe)
  // web-vitals takes an interaction in when the page is idle, or just after it told the last of a page that is hidden:
  // so all are asked for, and the one that stands when it is done counts.
  let slowest: Metric | undefined
  quietly(() => onINP((metric) => void (slowest = metric), { reportAllChanges: true }))(undefined)
  const hidden = quietly(() => {
    if (slowest && document.visibilityState === 'hidden') observed(slowest)
  })
  document.addEventListener('visibilitychange', hidden, true)

  return (page) => {
    pages.push([performance.now(), page])
    // Not the first: it is what the load's own vitals belong to.
    if (pages.length > mostPages) pages.splice(1, 1)
    for (const metric of waiting.splice(0)) observed(metric)
  }
}

const rounded = (value: number): number => Number(value.toFixed(3))
