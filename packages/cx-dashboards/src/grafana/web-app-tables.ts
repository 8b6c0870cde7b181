import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import * as common from '@grafana/grafana-foundation-sdk/common'
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard'
import * as table from '@grafana/grafana-foundation-sdk/table'
import { errors as errorsInstrument, errorSessions, type WebVital } from 'cx-definition'
import { over, scalar } from '../promql/expression.ts'
import { eventsIn, labels, quantileDuration } from '../promql/queries.ts'
import { vitalEvents } from '../promql/web-queries.ts'
import { datadogErrors, inDatadog, ofOwner } from './datadog-links.ts'
import { colors, notEnoughData, units } from './house-style.ts'
import { tableTarget } from './query-target.ts'
import { decimals, joined, type Key, unit, unknown } from './tables.ts'
import { allSessions, inRange, titleIn, troubleOf, type WebAppView } from './web-app-view.ts'

export const errorsByOwner = (view: WebAppView) => {
  const panel = errorTable(view, [
    { label: labels.owner, title: 'Owner' },
    { label: labels.feature, title: 'Feature' },
  ])
    .title(titleIn(view, 'Errors by owner'))
    .description(
      'Errors in the time range by the team and the feature they belong to, most sessions first. A session counts once an owner, where its first error was. “unowned” belongs to nobody yet.',
    )
  return view.datadogUrl === undefined
    ? panel
    : panel.overrideByName('Owner', [{ id: 'links', value: [ownerLink(view, view.datadogUrl)] }])
}

const ownerLink = ({ apps }: WebAppView, url: string) => ({
  title: 'Errors of ${__value.text} in Datadog, with their sessions',
  url: datadogErrors(url, [...inDatadog(apps), ofOwner('${__value.raw}')]),
  targetBlank: true,
})

export const errorsBySource = (view: WebAppView) =>
  errorTable(view, [
    { label: labels.source, title: 'Source' },
    { label: labels.app, title: 'Web app' },
  ])
    .title(titleIn(view, 'Errors by source'))
    .description(
      'How errors became known: caught by a boundary, caught by nothing, a rejected promise, or reported by code.',
    )

const errorColumns = ['Errors', 'Sessions hit', 'Of all sessions'] as const

const errorTable = (view: WebAppView, keys: readonly Key[]) => {
  const by = keys.map(({ label }) => label)
  const met = eventsIn(troubleOf(view, errorsInstrument), view.scope, inRange, by)
  const hit = eventsIn(troubleOf(view, errorSessions), view.scope, inRange, by)
  return new table.PanelBuilder()
    .cellHeight(common.TableCellHeight.Sm)
    .minWidth(80)
    .noValue('No errors seen')
    .withTarget(tableTarget(met))
    .withTarget(tableTarget(hit))
    .withTarget(tableTarget(over(hit, scalar(allSessions(view)))))
    .transformations(joined(keys, errorColumns, 'Sessions hit', { desc: true }))
    .overrideByRegexp('^(Errors|Sessions hit)$', [unit(units.count), decimals(0)])
    .overrideByName('Of all sessions', [unit(units.ratio), decimals(1), unknown])
}

// Good up to the first, poor above the second, at the 75th percentile: https://web.dev/articles/vitals, /fcp and /ttfb.
const vitals = {
  LCP: [2.5, 4],
  INP: [0.2, 0.5],
  CLS: [0.1, 0.25],
  FCP: [1.8, 3],
  TTFB: [0.8, 1.8],
} as const satisfies Record<WebVital, readonly [good: number, poor: number]>

export const webVitals = ({ apps, scope }: WebAppView) => {
  const names = Object.keys(vitals) as WebVital[]
  const panel = new table.PanelBuilder()
    .title('Web vitals')
    .description(
      'What three in four page views stayed below (p75), by page: LCP until the main content shows, INP until a click shows an effect, CLS how far the page moved by itself, FCP until anything shows, TTFB until the first byte. As exact as the buckets are fine. Green is good, red is poor: https://web.dev/articles/vitals.',
    )
    .cellHeight(common.TableCellHeight.Sm)
    .minWidth(80)
    .noValue(notEnoughData)
  for (const name of names) {
    const p75 = quantileDuration(0.75, vitalEvents(name, apps), scope, inRange, [labels.page])
    panel.withTarget(tableTarget(p75))
  }
  panel.transformations(joined([{ label: labels.page, title: 'Page' }], names, 'Page'))
  for (const name of names)
    panel.overrideByName(name, [
      name === 'CLS' ? decimals(2) : unit(units.seconds),
      unknown,
      { id: 'thresholds', value: built(vitalColors(vitals[name])) },
      { id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } },
    ])
  return panel
}

const vitalColors = ([good, poor]: readonly [number, number]) =>
  new dashboard.ThresholdsConfigBuilder().mode(dashboard.ThresholdsMode.Absolute).steps([
    { value: null, color: colors.good },
    { value: good, color: colors.warning },
    { value: poor, color: colors.bad },
  ])

const built = <Value>(builder: Builder<Value>): Value => builder.build()
