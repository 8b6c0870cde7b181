import { css, cx } from '@emotion/css'
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data'
import { Tooltip, useStyles2, useTheme2, type UPlotConfigBuilder } from '@grafana/ui'
import { useEffect, useLayoutEffect, useReducer, useRef, useState, type KeyboardEvent } from 'react'
import { createPortal } from 'react-dom'
import type { AnnotationEvent } from './annotation-events.ts'

interface AnnotationMarksProps {
  readonly config: UPlotConfigBuilder
  readonly events: readonly AnnotationEvent[]
  readonly timeZone: string
}

/** What of uPlot is used here. */
interface Plot {
  readonly over: HTMLElement
  readonly ctx: CanvasRenderingContext2D
  readonly bbox: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  }
  valToPos(value: number, scale: string, inCanvasPixels?: boolean): number
  redraw(rebuildPaths?: boolean): void
}

/** Lines and regions on a graph, each with a mark at its foot that tells what it is. */
export function AnnotationMarks({ config, events, timeZone }: AnnotationMarksProps) {
  const theme = useTheme2()
  const [plot, setPlot] = useState<Plot>()
  const [, moved] = useReducer((count: number) => count + 1, 0)
  const latest = useRef(events)
  latest.current = events
  useLayoutEffect(() => {
    config.addHook('init', (ready) => setPlot(ready))
    config.addHook('drawClear', (drawn) => {
      for (const event of latest.current) draw(drawn, event, colorOf(event, theme))
      // The marks stand over the canvas: they move with it.
      queueMicrotask(moved)
    })
  }, [config, theme])
  useEffect(() => plot?.redraw(false), [plot, events])
  if (!plot) return null
  const inSight = events.flatMap((event, index) => {
    const place = placeOf(plot, event)
    return place ? [{ event, place, key: index }] : []
  })
  return createPortal(
    inSight.map(({ key, ...mark }, index) => (
      <Mark key={key} {...mark} isFirst={index === 0} timeZone={timeZone} />
    )),
    plot.over,
  )
}

function draw(plot: Plot, { from, to }: AnnotationEvent, color: string): void {
  const { ctx, bbox } = plot
  const left = plot.valToPos(from, 'x', true)
  const right = plot.valToPos(to, 'x', true)
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.fillStyle = color
  ctx.globalAlpha = 0.07
  ctx.fillRect(left, bbox.top, right - left, bbox.height)
  ctx.globalAlpha = 1
  ctx.strokeStyle = color
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio])
  for (const x of from === to ? [left] : [left, right]) {
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
  }
  ctx.restore()
}

interface Place {
  readonly left: number
  /** Undefined of a moment. */
  readonly width: number | undefined
}

/** Where it stands, in pixels; undefined where it is out of sight. */
function placeOf(plot: Plot, { from, to }: AnnotationEvent): Place | undefined {
  const most = plot.over.clientWidth
  const left = Math.max(0, plot.valToPos(from, 'x'))
  const right = Math.min(most, plot.valToPos(to, 'x'))
  if (left > most || right < 0 || Number.isNaN(left)) return undefined
  return { left, width: from === to ? undefined : Math.max(right - left, 3) }
}

interface MarkProps {
  readonly event: AnnotationEvent
  readonly place: Place
  readonly isFirst: boolean
  readonly timeZone: string
}

function Mark({ event, place: { left, width }, isFirst, timeZone }: MarkProps) {
  const styles = useStyles2(markStyles)
  const theme = useTheme2()
  const text = spoken(event, timeZone)
  return (
    <Tooltip content={<span className={styles.text}>{text}</span>}>
      <button
        type="button"
        className={cx(styles.mark, width === undefined && styles.moment)}
        style={{ left, width, color: colorOf(event, theme) }}
        aria-label={text}
        data-testid="annotation"
        // One stop of the Tab key for a graph; from there on by arrows.
        tabIndex={isFirst ? 0 : -1}
        onKeyDown={moveFocus}
      />
    </Tooltip>
  )
}

function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const { currentTarget, key } = event
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return
  // The graph moves its cursor by them.
  event.stopPropagation()
  event.preventDefault()
  // A tooltip that is open stands between its mark and the next.
  const marks = [...(currentTarget.parentElement?.querySelectorAll('button') ?? [])]
  const step = key === 'ArrowRight' ? 1 : -1
  marks[marks.indexOf(currentTarget) + step]?.focus()
}

const colorOf = ({ query }: AnnotationEvent, theme: GrafanaTheme2): string =>
  theme.visualization.getColorByName(query.iconColor ?? 'blue')

/** All that is known of it, a line each. */
function spoken({ from, query, tags, text, title, to }: AnnotationEvent, timeZone: string): string {
  const moment = (time: number) => dateTimeFormat(time, { timeZone })
  const when = from === to ? moment(from) : `${moment(from)} to ${moment(to)}`
  const name = [query.name, title].filter(Boolean).join(': ')
  return [name, when, text, tags.join(', ')].filter((line) => line.trim()).join('\n')
}

const markStyles = (theme: GrafanaTheme2) => ({
  mark: css({
    position: 'absolute',
    bottom: -1,
    height: 6,
    padding: 0,
    border: 0,
    borderRadius: 1,
    background: 'currentColor',
    zIndex: 1,
    '&:hover, &:focus-visible': { height: 10 },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
  moment: css({
    width: 12,
    height: 8,
    zIndex: 2,
    marginLeft: -6,
    background: 'none',
    borderRadius: 0,
    '&::before': {
      content: '""',
      position: 'absolute',
      inset: 0,
      background: 'currentColor',
      clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
    },
  }),
  text: css({ whiteSpace: 'pre-line' }),
})
