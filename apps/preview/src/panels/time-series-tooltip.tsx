import {
  FieldType,
  formattedValueToString,
  getFieldDisplayName,
  type DataFrame,
  type LinkModel,
} from '@grafana/data'
import { SortOrder, TooltipDisplayMode, type VizTooltipOptions } from '@grafana/schema'
import {
  getFieldDisplayItems,
  isTooltipScrollable,
  VizTooltipContent,
  VizTooltipFooter,
  VizTooltipHeader,
  VizTooltipWrapper,
} from '@grafana/ui'

interface TimeSeriesTooltipProps {
  readonly frame: DataFrame
  readonly rows: Array<number | null>
  readonly series: number | null
  readonly isPinned: boolean
  readonly options: VizTooltipOptions
  readonly dataLinks: LinkModel[]
}

export function TimeSeriesTooltip({
  frame,
  rows,
  series,
  isPinned,
  options,
  dataLinks,
}: TimeSeriesTooltipProps) {
  const {
    mode = TooltipDisplayMode.Single,
    sort = SortOrder.None,
    hideZeros = false,
    maxHeight,
  } = options
  const time = frame.fields[0]!
  const isGraphed = ({ type, config }: (typeof frame.fields)[number]) =>
    type === FieldType.number && !config.custom?.hideFrom?.tooltip
  const items = getFieldDisplayItems(
    frame.fields,
    time,
    rows,
    series,
    mode,
    sort,
    isGraphed,
    hideZeros,
  )
  const shown = time.display?.(time.values[rows[0] ?? 0])
  return (
    <VizTooltipWrapper>
      <VizTooltipHeader
        item={{
          label: time.type === FieldType.time ? '' : getFieldDisplayName(time, frame),
          value: shown ? formattedValueToString(shown) : '',
        }}
        isPinned={isPinned}
      />
      <VizTooltipContent
        items={items}
        isPinned={isPinned}
        scrollable={isTooltipScrollable({ mode, maxHeight })}
        maxHeight={maxHeight}
      />
      {isPinned && dataLinks.length > 0 && <VizTooltipFooter dataLinks={dataLinks} />}
    </VizTooltipWrapper>
  )
}
