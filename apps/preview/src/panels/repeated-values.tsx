import {
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  type DisplayValueAlignmentFactors,
  type FieldDisplay,
  type PanelProps,
  type ReduceDataOptions,
  type VizOrientation,
} from '@grafana/data'
import {
  DataLinksContextMenu,
  useTheme2,
  VizRepeater,
  type VizRepeaterRenderValueProps,
} from '@grafana/ui'
import type { JSX, MouseEventHandler } from 'react'

export type RepeatedValue = VizRepeaterRenderValueProps<FieldDisplay, DisplayValueAlignmentFactors>

/** What makes a drawn value open its data links. */
interface ValueLink {
  readonly onClick?: MouseEventHandler<HTMLElement>
  readonly className?: string
}

interface RepeatedValuesProps {
  readonly panel: Omit<PanelProps<{ reduceOptions: ReduceDataOptions }>, 'onOptionsChange'>
  readonly orientation: VizOrientation
  readonly itemSpacing: number
  readonly sparkline?: boolean
  readonly percentChange?: boolean
  readonly autoGrid?: boolean
  readonly minVizWidth?: number
  readonly minVizHeight?: number
  readonly maxVizHeight?: number
  readonly renderValue: (value: RepeatedValue, link: ValueLink) => JSX.Element
}

/** Reduces each series to a value and draws one after the other, as stats and bar gauges do. */
export function RepeatedValues({
  panel,
  sparkline = false,
  percentChange = false,
  renderValue,
  ...layout
}: RepeatedValuesProps) {
  const theme = useTheme2()
  const { data, options, fieldConfig, replaceVariables, timeZone } = panel
  return (
    <VizRepeater
      {...layout}
      width={panel.width}
      height={panel.height}
      renderCounter={panel.renderCounter}
      source={data}
      getValues={() =>
        getFieldDisplayValues({
          fieldConfig,
          reduceOptions: options.reduceOptions,
          replaceVariables,
          theme,
          data: data.series,
          sparkline,
          percentChange,
          timeZone,
        })
      }
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={(repeated: RepeatedValue) =>
        repeated.value.hasLinks && repeated.value.getLinks ? (
          <DataLinksContextMenu links={repeated.value.getLinks}>
            {({ openMenu, targetClassName }) =>
              renderValue(repeated, { onClick: openMenu, className: targetClassName })
            }
          </DataLinksContextMenu>
        ) : (
          renderValue(repeated, {})
        )
      }
    />
  )
}

export const reduceDefaults = {
  'reduceOptions.values': false,
  'reduceOptions.calcs': ['lastNotNull'],
  'reduceOptions.fields': '',
}
