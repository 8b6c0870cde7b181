import type { GrafanaTheme2 } from '@grafana/data'
import { useTheme2, type UPlotConfigBuilder } from '@grafana/ui'
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { AnnotationEvent } from './annotation-events.ts'
import { regionShades, type RegionShade } from './region-shades.ts'
import { AnnotationMark, type MarkPlace } from './annotation-mark.tsx'

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
  readonly scales: Readonly<Record<string, { readonly min?: number; readonly max?: number }>>
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
      const { max = 0, min = 0 } = drawn.scales['x'] ?? {}
      for (const shade of regionShades(latest.current, { from: min, to: max }))
        fill(drawn, shade, colorOf(shade, theme))
      for (const event of latest.current) outline(drawn, event, colorOf(event, theme))
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
      <AnnotationMark
        key={key}
        {...mark}
        isFirst={index === 0}
        timeZone={timeZone}
        color={colorOf(mark.event, theme)}
      />
    )),
    plot.over,
  )
}

function fill(plot: Plot, { from, opacity, to }: RegionShade, color: string): void {
  const { ctx, bbox } = plot
  const left = plot.valToPos(from, 'x', true)
  ctx.save()
  ctx.fillStyle = color
  ctx.globalAlpha = opacity
  ctx.fillRect(left, bbox.top, plot.valToPos(to, 'x', true) - left, bbox.height)
  ctx.restore()
}

function outline(plot: Plot, { from, to }: AnnotationEvent, color: string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.strokeStyle = color
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio])
  for (const time of new Set([from, to])) {
    const x = plot.valToPos(time, 'x', true)
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
  }
  ctx.restore()
}

/** Where it stands, in pixels; undefined where it is out of sight. */
function placeOf(plot: Plot, { from, to }: AnnotationEvent): MarkPlace | undefined {
  const most = plot.over.clientWidth
  const left = Math.max(0, plot.valToPos(from, 'x'))
  const right = Math.min(most, plot.valToPos(to, 'x'))
  if (left > most || right < 0 || Number.isNaN(left)) return undefined
  return { left, width: from === to ? undefined : Math.max(right - left, 3) }
}

const colorOf = ({ query }: Pick<AnnotationEvent, 'query'>, theme: GrafanaTheme2): string =>
  theme.visualization.getColorByName(query.iconColor ?? 'blue')
