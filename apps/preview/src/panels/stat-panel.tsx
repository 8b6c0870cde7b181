import {
  FieldColorModeId,
  VizOrientation,
  type PanelProps,
  type ReduceDataOptions,
} from '@grafana/data'
import { type PercentChangeColorMode, type VizTextDisplayOptions } from '@grafana/schema'
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  useTheme2,
} from '@grafana/ui'
import { panelPlugin } from '../grafana/panel-plugin.ts'
import { reduceDefaults, RepeatedValues } from './repeated-values.tsx'

interface StatOptions {
  reduceOptions: ReduceDataOptions
  orientation: VizOrientation
  textMode: BigValueTextMode
  wideLayout: boolean
  colorMode: BigValueColorMode
  graphMode: BigValueGraphMode
  justifyMode: BigValueJustifyMode
  percentChangeColorMode: PercentChangeColorMode
  showPercentChange: boolean
  text?: VizTextDisplayOptions
}

function StatPanel(panel: PanelProps<StatOptions>) {
  const { options, fieldConfig, title, timeRange } = panel
  const theme = useTheme2()
  // Without a title, or with a name of its own, a number needs its name beside it.
  const isNamed = Boolean(fieldConfig.defaults.displayName) || !title
  const textMode =
    options.textMode === BigValueTextMode.Auto && isNamed
      ? BigValueTextMode.ValueAndName
      : options.textMode
  return (
    <RepeatedValues
      panel={panel}
      orientation={options.orientation}
      itemSpacing={3}
      autoGrid
      sparkline={options.graphMode !== BigValueGraphMode.None}
      percentChange={options.showPercentChange}
      renderValue={({ value, count, width, height, alignmentFactors }, link) => (
        <BigValue
          theme={theme}
          width={width}
          height={height}
          value={value.display}
          count={count}
          sparkline={value.sparkline && { ...value.sparkline, timeRange }}
          colorMode={options.colorMode}
          graphMode={options.graphMode}
          justifyMode={options.justifyMode}
          textMode={textMode}
          percentChangeColorMode={options.percentChangeColorMode}
          alignmentFactors={alignmentFactors}
          text={options.text}
          disableWideLayout={!options.wideLayout}
          hasLinks={value.hasLinks}
          {...link}
        />
      )}
    />
  )
}

export const statPlugin = () =>
  panelPlugin<StatOptions>({
    id: 'stat',
    component: StatPanel,
    color: FieldColorModeId.Thresholds,
    custom: {},
    options: {
      ...reduceDefaults,
      orientation: VizOrientation.Auto,
      textMode: BigValueTextMode.Auto,
      wideLayout: true,
      colorMode: BigValueColorMode.Value,
      graphMode: BigValueGraphMode.Area,
      justifyMode: BigValueJustifyMode.Auto,
      showPercentChange: false,
      percentChangeColorMode: 'standard',
    },
  })
