import { isRecord } from './shown-value.ts'

/**
 * What Grafana itself writes into a dashboard that is saved in its editor, by the name of the field: where one side has such a
 * value and the other has none, both mean the same.
 */
const defaults: Readonly<Record<string, readonly unknown[]>> = {
  allowCustomValue: [true],
  auto_count: [30],
  auto_min: ['10s'],
  axisColorMode: ['text'],
  axisPlacement: ['auto'],
  barAlignment: [0],
  barWidthFactor: [0.6],
  calcs: [['lastNotNull']],
  cellHeight: ['sm'],
  colorMode: ['value'],
  drawStyle: ['line'],
  editable: [true],
  editorMode: ['code', 'builder'],
  fillOpacity: [0],
  fiscalYearStartMonth: [0],
  frameIndex: [0],
  gradientMode: ['none'],
  graphMode: ['area'],
  graphTooltip: [0],
  hide: [false, 0],
  justifyMode: ['auto'],
  legendFormat: ['__auto'],
  lineInterpolation: ['linear'],
  lineWidth: [1],
  orientation: ['auto'],
  percentChangeColorMode: ['standard'],
  placement: ['bottom'],
  pointSize: [5],
  repeatDirection: ['h'],
  scaleDistribution: [{ type: 'linear' }],
  showHeader: [true],
  showLegend: [true],
  showPoints: ['auto'],
  showUnfilled: [true],
  sort: [0, 'none'],
  stacking: [{ group: 'A', mode: 'none' }],
  style: ['dark'],
  textMode: ['auto'],
  thresholdsStyle: [{ mode: 'off' }],
  timezone: ['browser'],
  wideLayout: [true],
}

/** Of which nothing is meant by `false`, as by leaving them out. */
const trueUnlessSaid = new Set([
  'allowCustomValue',
  'editable',
  'showHeader',
  'showLegend',
  'showUnfilled',
  'wideLayout',
])

// Which release of Grafana's own plugin drew it last.
const kept = new Set(['pluginVersion'])

/** Whether a field says nothing that its absence would not say. */
export const saysNothing = (name: string, value: unknown): boolean => {
  if (kept.has(name) || value === undefined || value === null || value === '') return true
  if (value === false) return !trueUnlessSaid.has(name)
  const known = Object.hasOwn(defaults, name) ? defaults[name] : undefined
  if (known?.some((each) => JSON.stringify(each) === JSON.stringify(value))) return true
  if (Array.isArray(value)) return value.length === 0
  return isRecord(value) && Object.entries(value).every(([key, part]) => saysNothing(key, part))
}
