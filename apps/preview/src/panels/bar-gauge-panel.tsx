import {
  FieldColorModeId,
  VizOrientation,
  type PanelProps,
  type ReduceDataOptions,
} from '@grafana/data'
import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeValueMode,
  type VizTextDisplayOptions,
} from '@grafana/schema'
import { BarGauge, useTheme2 } from '@grafana/ui'
import { panelPlugin } from '../grafana/panel-plugin.ts'
import { reduceDefaults, RepeatedValues } from './repeated-values.tsx'

interface BarGaugeOptions {
  reduceOptions: ReduceDataOptions
  orientation: VizOrientation
  displayMode: BarGaugeDisplayMode
  valueMode: BarGaugeValueMode
  namePlacement: BarGaugeNamePlacement
  showUnfilled: boolean
  minVizWidth: number
  minVizHeight: number
  maxVizHeight: number
  text?: VizTextDisplayOptions
}

function BarGaugePanel(panel: PanelProps<BarGaugeOptions>) {
  const { options } = panel
  const theme = useTheme2()
  const fitting = panel.width > panel.height ? VizOrientation.Vertical : VizOrientation.Horizontal
  return (
    <RepeatedValues
      panel={panel}
      orientation={options.orientation === VizOrientation.Auto ? fitting : options.orientation}
      itemSpacing={options.displayMode === BarGaugeDisplayMode.Lcd ? 2 : 10}
      minVizWidth={options.minVizWidth}
      minVizHeight={options.minVizHeight}
      maxVizHeight={options.maxVizHeight}
      renderValue={({ value, width, height, orientation, alignmentFactors }, link) => (
        <BarGauge
          theme={theme}
          width={width}
          height={height}
          orientation={orientation}
          value={value.display}
          field={value.field}
          display={value.view?.getFieldDisplayProcessor(value.colIndex ?? 0)}
          alignmentFactors={alignmentFactors}
          text={options.text}
          displayMode={options.displayMode}
          valueDisplayMode={options.valueMode}
          namePlacement={options.namePlacement}
          showUnfilled={options.showUnfilled}
          {...link}
        />
      )}
    />
  )
}

export const barGaugePlugin = () =>
  panelPlugin<BarGaugeOptions>({
    id: 'bargauge',
    component: BarGaugePanel,
    color: FieldColorModeId.Thresholds,
    custom: {},
    options: {
      ...reduceDefaults,
      orientation: VizOrientation.Auto,
      displayMode: BarGaugeDisplayMode.Gradient,
      valueMode: BarGaugeValueMode.Color,
      namePlacement: BarGaugeNamePlacement.Auto,
      showUnfilled: true,
      minVizWidth: 8,
      minVizHeight: 16,
      maxVizHeight: 300,
    },
  })
