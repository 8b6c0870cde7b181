import { css } from '@emotion/css'
import {
  dateTimeFormat,
  FieldColorModeId,
  formattedValueToString,
  getDisplayProcessor,
  type Field,
  type GrafanaTheme2,
  type PanelProps,
} from '@grafana/data'
import { Tooltip, useStyles2, useTheme2 } from '@grafana/ui'
import { useAnnotationsOf } from '../annotations/use-annotations-of.ts'
import { TimeAxis, TimeGrid } from '../backtest/time-axis.tsx'
import { percentAt, type TimeSpan } from '../backtest/time-scale.ts'
import { panelPlugin } from '../grafana/panel-plugin.ts'
import { stateLanes, type StateLane } from './state-lanes.ts'
import type { StateSegment } from './state-segments.ts'

interface StateTimelineOptions {
  readonly mergeValues: boolean
  readonly showValue: 'auto' | 'always' | 'never'
  readonly rowHeight: number
}

/** A lane for each series, with a bar for as long as each value stood. */
function StateTimelinePanel({
  id,
  data,
  options,
  timeRange,
  timeZone,
  height,
}: PanelProps<StateTimelineOptions>) {
  const styles = useStyles2(timelineStyles)
  const end = timeRange.to.valueOf()
  const span = { start: timeRange.from.valueOf() / 1000, end: end / 1000 }
  const lanes = stateLanes(data.series, end, options)
  const laneHeight = Math.max(18, Math.min(48, (height - 24) / Math.max(1, lanes.length)))
  return (
    <div className={styles.panel}>
      <div className={styles.lanes}>
        {lanes.map((lane, index) => (
          <div key={index} className={styles.lane} style={{ height: laneHeight }}>
            <span className={styles.name} title={lane.name}>
              {lane.name}
            </span>
            <Track lane={lane} panelId={id} {...{ options, span, timeZone }} />
          </div>
        ))}
      </div>
      <div className={styles.axis}>
        <TimeAxis span={span} timeZone={timeZone} />
      </div>
    </div>
  )
}

interface TrackProps {
  readonly lane: StateLane
  readonly panelId: number
  readonly options: StateTimelineOptions
  readonly span: TimeSpan
  readonly timeZone: string
}

/** The bars of a lane, and the dashboard's annotations as lines over them. */
function Track({ lane: { field, name, segments }, panelId, options, span, timeZone }: TrackProps) {
  const styles = useStyles2(timelineStyles)
  const theme = useTheme2()
  const events = useAnnotationsOf(panelId)
  return (
    <span className={styles.track}>
      <TimeGrid span={span} timeZone={timeZone} />
      {segments.map((segment) => (
        <Bar
          key={segment.from}
          {...{ field, name, segment, span, theme, timeZone }}
          showsText={options.showValue !== 'never'}
          part={options.rowHeight}
        />
      ))}
      {events.map(({ from, query }, at) => (
        <span
          key={at}
          className={styles.event}
          style={{
            left: `${percentAt(span, from / 1000)}%`,
            background: theme.visualization.getColorByName(query.iconColor ?? 'blue'),
          }}
        />
      ))}
    </span>
  )
}

interface BarProps {
  readonly field: Field
  readonly name: string
  readonly segment: StateSegment
  readonly span: TimeSpan
  readonly theme: GrafanaTheme2
  readonly timeZone: string
  readonly showsText: boolean
  readonly part: number
}

function Bar({ field, name, segment, span, theme, timeZone, showsText, part }: BarProps) {
  const styles = useStyles2(timelineStyles)
  const { from, to, value } = segment
  const display = (field.display ?? getDisplayProcessor({ field, theme }))(value)
  const color = display.color ?? theme.visualization.getColorByName('gray')
  const text = formattedValueToString(display)
  const left = percentAt(span, from / 1000)
  const moment = (time: number) => dateTimeFormat(time, { timeZone })
  const spoken = `${name}: ${text}, ${moment(from)} to ${moment(to)}`
  return (
    <Tooltip content={spoken}>
      <span
        className={styles.bar}
        role="img"
        aria-label={spoken}
        style={{
          left: `${left}%`,
          width: `max(1px, calc(${percentAt(span, to / 1000) - left}% - 1px))`,
          top: `${50 - part * 50}%`,
          height: `${part * 100}%`,
          background: color,
          color: theme.colors.getContrastText(color),
        }}
      >
        {showsText && text}
      </span>
    </Tooltip>
  )
}

export const stateTimelinePlugin = () =>
  panelPlugin<StateTimelineOptions>({
    id: 'state-timeline',
    component: StateTimelinePanel,
    color: FieldColorModeId.ContinuousGrYlRd,
    custom: {
      lineWidth: 0,
      fillOpacity: 70,
      hideFrom: { tooltip: false, viz: false, legend: false },
    },
    options: { mergeValues: true, showValue: 'auto', rowHeight: 0.9 },
  })

const timelineStyles = (theme: GrafanaTheme2) => ({
  panel: css({ display: 'flex', flexDirection: 'column', height: '100%' }),
  lanes: css({ flexGrow: 1, minHeight: 0, overflowY: 'auto' }),
  lane: css({ display: 'flex', alignItems: 'stretch' }),
  name: css({
    flex: '0 0 25%',
    maxWidth: 240,
    alignSelf: 'center',
    paddingRight: theme.spacing(1),
    overflow: 'hidden',
    textAlign: 'right',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: theme.typography.size.sm,
    color: theme.colors.text.secondary,
  }),
  track: css({ position: 'relative', flexGrow: 1, overflow: 'hidden' }),
  bar: css({
    position: 'absolute',
    display: 'flex',
    alignItems: 'center',
    overflow: 'hidden',
    paddingLeft: 4,
    fontSize: theme.typography.size.xs,
    whiteSpace: 'nowrap',
  }),
  event: css({ position: 'absolute', top: 0, bottom: 0, width: 1 }),
  axis: css({ marginLeft: 'min(25%, 240px)' }),
})
