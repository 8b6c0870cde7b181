import { type Builder } from '@grafana/grafana-foundation-sdk/cog'
import * as common from '@grafana/grafana-foundation-sdk/common'
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard'

/**
 * Told apart by people with any of the common colour blindnesses.
 * Okabe and Ito, "Color Universal Design", https://jfly.uni-koeln.de/color/
 */
export const colors = {
  good: '#009E73',
  warning: '#E69F00',
  bad: '#D55E00',
  neutral: '#56B4E9',
  first: '#0072B2',
  second: '#56B4E9',
  third: '#CC79A7',
} as const

/** For things of one kind, in their order. */
export const paletteColor = (index: number): string => palette[index % palette.length] as string

const palette = [
  colors.first,
  colors.warning,
  colors.good,
  colors.third,
  colors.second,
  colors.bad,
  '#F0E442',
]

export const units = {
  ratio: 'percentunit',
  seconds: 's',
  count: 'locale',
  rate: 'reqps',
  factor: 'none',
} as const

export const datasource: common.DataSourceRef = { type: 'prometheus', uid: '${datasource}' }

export const noTraffic = 'No traffic'

/** 0/0 is NaN, and no series at all is null: nothing was asked of the service, which is neither good nor bad. */
export const noTrafficMapping = (color: string, text = noTraffic): dashboard.ValueMapping => ({
  type: dashboard.MappingType.SpecialValue,
  options: {
    match: dashboard.SpecialValueMatch.NullAndNan,
    result: { text, color, index: 0 },
  },
})

export const notEnoughData = 'Not enough data'

export type Better = 'higher' | 'lower'

/** A value that was promised, and which side of it is the good one. */
export interface Line {
  readonly value: number
  readonly better: Better
}

/** Colours a number by one target; without a target it stays neutral. */
export const thresholdColors = (line: Line | undefined): Builder<dashboard.ThresholdsConfig> =>
  thresholds(line ? steps(line) : [{ value: null, color: colors.neutral }])

const steps = ({ better, value }: Line): dashboard.Threshold[] =>
  better === 'higher'
    ? [
        { value: null, color: colors.bad },
        { value, color: colors.good },
      ]
    : [
        { value: null, color: colors.good },
        { value, color: colors.bad },
      ]

/** Draws targets as lines; below the first of them nothing is drawn. */
export const thresholdLines = (
  lines: readonly { readonly value: number; readonly color: string }[],
): Builder<dashboard.ThresholdsConfig> =>
  thresholds([
    { value: null, color: 'transparent' },
    ...lines.toSorted((a, b) => a.value - b.value),
  ])

export const thresholds = (
  chosen: readonly dashboard.Threshold[],
): Builder<dashboard.ThresholdsConfig> =>
  new dashboard.ThresholdsConfigBuilder().mode(dashboard.ThresholdsMode.Absolute).steps([...chosen])

/** The SDK shows no legend unless it is told to. */
export const legend = (
  placement = common.LegendPlacement.Bottom,
): Builder<common.VizLegendOptions> =>
  new common.VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(common.LegendDisplayMode.List)
    .placement(placement)
    .calcs([])

export const fixedColor = (color: string): dashboard.DynamicConfigValue => ({
  id: 'color',
  value: { mode: 'fixed', fixedColor: color },
})

interface Overridable<Panel> {
  overrideByName(name: string, properties: dashboard.DynamicConfigValue[]): Panel
}

/** Gives each its own colour, which it keeps when others come and go; where there are more than colours, dashes tell apart. */
export const inPalette = <Panel extends Overridable<Panel>>(
  panel: Panel,
  names: readonly string[],
): Panel => {
  for (const [index, name] of names.entries()) {
    const isAgain = index >= palette.length
    panel.overrideByName(name, [
      fixedColor(paletteColor(index)),
      ...(isAgain ? [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } }] : []),
    ])
  }
  return panel
}

/** A label as a title: `availability_zone` as `Availability zone`. */
export const capitalized = (label: string): string =>
  label.charAt(0).toUpperCase() + label.slice(1).replaceAll('_', ' ')
