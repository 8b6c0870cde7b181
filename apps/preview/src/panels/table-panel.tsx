import { css } from '@emotion/css'
import { FieldColorModeId, getFrameDisplayName, type PanelProps } from '@grafana/data'
import { TableCellDisplayMode, TableCellHeight, type TableSortByFieldState } from '@grafana/schema'
import { Combobox } from '@grafana/ui'
import { TableNG } from '@grafana/ui/unstable'
import { useState } from 'react'
import { panelPlugin } from '../grafana/panel-plugin.ts'

interface TableOptions {
  frameIndex: number
  showHeader: boolean
  showTypeIcons: boolean
  sortBy?: TableSortByFieldState[]
  cellHeight: TableCellHeight
  enablePagination?: boolean
  frozenColumns?: { left?: number }
}

const framePickerHeight = 48

function TablePanel({
  data,
  options,
  fieldConfig,
  width,
  height,
  timeRange,
}: PanelProps<TableOptions>) {
  const [chosen, setChosen] = useState(options.frameIndex)
  const frame = data.series[chosen] ?? data.series[0]
  if (!frame) return null
  const hasPicker = data.series.length > 1
  const table = (
    <TableNG
      data={frame}
      width={width}
      height={hasPicker ? height - framePickerHeight : height}
      noHeader={!options.showHeader}
      showTypeIcons={options.showTypeIcons}
      sortBy={options.sortBy}
      cellHeight={options.cellHeight}
      enablePagination={options.enablePagination ?? false}
      frozenColumns={options.frozenColumns?.left ?? 0}
      structureRev={data.structureRev ?? 0}
      fieldConfig={fieldConfig}
      timeRange={timeRange}
      resizable
      transparent={false}
      noValue={fieldConfig.defaults.noValue}
    />
  )
  if (!hasPicker) return table
  return (
    <>
      <div style={{ height: height - framePickerHeight, overflow: 'hidden' }}>{table}</div>
      <div className={pickerStyles}>
        <Combobox
          options={data.series.map((series, index) => ({
            label: getFrameDisplayName(series, index),
            value: index,
          }))}
          value={chosen}
          onChange={({ value }) => setChosen(value)}
        />
      </div>
    </>
  )
}

const pickerStyles = css({ padding: '8px 8px 0', height: framePickerHeight })

export const tablePlugin = () =>
  panelPlugin<TableOptions>({
    id: 'table',
    component: TablePanel,
    color: FieldColorModeId.Thresholds,
    custom: {
      align: 'auto',
      cellOptions: { type: TableCellDisplayMode.Auto },
      width: undefined,
      minWidth: 150,
      filterable: false,
      inspect: false,
      hidden: undefined,
      hideFrom: undefined,
      hideHeader: undefined,
      wrapText: undefined,
      wrapHeaderText: undefined,
      footer: undefined,
      tooltip: undefined,
      styleField: undefined,
    },
    options: {
      frameIndex: 0,
      showHeader: true,
      showTypeIcons: false,
      cellHeight: TableCellHeight.Sm,
    },
  })
