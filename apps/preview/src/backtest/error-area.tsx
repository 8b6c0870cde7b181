import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { useStyles2 } from '@grafana/ui'
import type { ErrorRatios } from './backtest-data.ts'
import { percentAt, type TimeSpan } from './time-scale.ts'

/** The error ratio behind the firings: a bar for each span, the highest as high as there is room. */
export function ErrorArea({ ratios, span }: { ratios: ErrorRatios; span: TimeSpan }) {
  const className = useStyles2(areaStyles)
  const highest = highestRatio(ratios)
  if (highest === 0) return null
  return (
    <svg className={className} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
      {ratios.points
        .filter(([, ratio]) => ratio > 0)
        .map(([at, ratio]) => {
          const left = percentAt(span, at - ratios.span)
          const height = (ratio / highest) * 100
          return (
            <rect
              key={at}
              x={left}
              width={percentAt(span, at) - left}
              y={100 - height}
              height={height}
            />
          )
        })}
    </svg>
  )
}

export const highestRatio = ({ points }: ErrorRatios): number =>
  points.reduce((highest, [, ratio]) => Math.max(highest, ratio), 0)

const areaStyles = (theme: GrafanaTheme2) =>
  css({
    position: 'absolute',
    inset: 0,
    width: '100%',
    height: '100%',
    fill: theme.visualization.getColorByName('red'),
    opacity: 0.35,
  })
