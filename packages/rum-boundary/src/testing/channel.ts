/// <reference lib="dom" />
import type { Page } from 'playwright-core'

/**
 * One row for each channel by which Datadog's SDK 7.16 or Sentry's was seen to tell what a page shows. Each
 * has a word of its own, a canary, planted by its markup or by what is done on the page.
 */
export interface Channel {
  readonly channel: string
  /**
   * `person`: typed, shown, asked for or thrown, which must not even leave the page. `developer`: put into
   * attributes, styles and names, which must not reach the vendor.
   */
  readonly by: 'person' | 'developer'
  /** By which word the check names it, where it is in the page. */
  readonly named?: string
  /** Instead of a word where no word can stand. */
  readonly says?: string
  readonly html?: (canary: string) => string
  readonly act?: (page: Page, canary: string) => Promise<unknown>
}

/** Does something in the page. */
export const withWindow =
  (act: (canary: string) => unknown) =>
  (page: Page, canary: string): Promise<unknown> =>
    page.evaluate(act, canary)

/** The page of the tests offers its SDK, as any script of a page can get it. */
declare global {
  var DD_RUM: {
    setUser(user: object): void
    setAccount(account: object): void
    setGlobalContext(context: object): void
    setViewContext(context: object): void
    setViewName(name: string): void
    startView(view: object): void
    addAction(name: string, context?: object): void
    addError(error: unknown, context?: object): void
    addTiming(name: string): void
    addDurationVital(name: string, options: object): void
    addFeatureFlagEvaluation(key: string, value: unknown): void
  }
  var report: (error: unknown) => void
  /** Reports from a function whose name it is given, as V8 has it. */
  var computed: (key: string) => void
  var later: (act: () => unknown) => void
}
