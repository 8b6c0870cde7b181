import {
  FieldColorModeId,
  formattedValueToString,
  getActiveThreshold,
  VizOrientation,
  type FieldDisplay,
  type GrafanaTheme2,
  type PanelProps,
  type ReduceDataOptions,
} from '@grafana/data'
import { useTheme2 } from '@grafana/ui'
import { panelPlugin } from '../grafana/panel-plugin.ts'
import { arcPath, shareOf } from './gauge-arc.ts'
import { reduceDefaults, RepeatedValues } from './repeated-values.tsx'

interface GaugeOptions {
  reduceOptions: ReduceDataOptions
  orientation: VizOrientation
  showThresholdMarkers: boolean
  minVizWidth: number
  minVizHeight: number
}

function GaugePanel(panel: PanelProps<GaugeOptions>) {
  const { options } = panel
  const theme = useTheme2()
  return (
    <RepeatedValues
      panel={panel}
      orientation={options.orientation}
      itemSpacing={8}
      autoGrid
      minVizWidth={options.minVizWidth}
      minVizHeight={options.minVizHeight}
      renderValue={({ value, width, height }, { onClick, className }) => (
        <button
          type="button"
          className={className}
          disabled={!onClick}
          onClick={onClick}
          style={{ padding: 0, border: 0, background: 'none', width, height }}
        >
          <Dial
            value={value}
            width={width}
            height={height}
            theme={theme}
            marks={options.showThresholdMarkers}
          />
        </button>
      )}
    />
  )
}

interface DialProps {
  readonly value: FieldDisplay
  readonly width: number
  readonly height: number
  readonly theme: GrafanaTheme2
  readonly marks: boolean
}

/** Three quarters of a circle: as far as the value goes in its colour, with the thresholds around it. */
function Dial({ value: { display, field }, width, height, theme, marks }: DialProps) {
  const size = Math.max(40, Math.min(width, height - 22))
  const radius = size / 2 - 10
  const { min = 0, max = 100, thresholds } = field
  const share = shareOf(display.numeric, min ?? 0, max ?? 100)
  const text = formattedValueToString(display)
  const color = display.color ?? theme.colors.text.primary
  const steps = thresholds?.steps ?? []
  return (
    <svg
      width={width}
      height={height}
      viewBox={`${-width / 2} ${-size / 2} ${width} ${height}`}
      role="img"
      aria-label={`${display.title ?? ''} ${text}`}
    >
      <path d={arcPath(radius, 0, 1)} {...stroke(theme.colors.background.secondary, 14)} />
      {share > 0 && <path d={arcPath(radius, 0, share)} {...stroke(color, 14)} />}
      {marks &&
        steps.map((step, index) => {
          const from = shareOf(step.value, min ?? 0, max ?? 100)
          const to = shareOf(steps[index + 1]?.value ?? Infinity, min ?? 0, max ?? 100)
          const own = getActiveThreshold(step.value, steps).color
          return (
            to > from && (
              <path
                key={index}
                d={arcPath(radius + 9, from, to)}
                {...stroke(theme.visualization.getColorByName(own), 3)}
              />
            )
          )
        })}
      <text
        textAnchor="middle"
        dominantBaseline="middle"
        fill={color}
        fontSize={Math.min(radius / 2.2, (radius * 3) / Math.max(4, text.length))}
        fontWeight={500}
      >
        {text}
      </text>
      <text
        textAnchor="middle"
        y={size / 2 + 10}
        fill={theme.colors.text.primary}
        fontSize={theme.typography.bodySmall.fontSize}
      >
        {display.title}
      </text>
    </svg>
  )
}

const stroke = (color: string, width: number) => ({
  fill: 'none',
  stroke: color,
  strokeWidth: width,
})

export const gaugePlugin = () =>
  panelPlugin<GaugeOptions>({
    id: 'gauge',
    component: GaugePanel,
    color: FieldColorModeId.Thresholds,
    custom: {},
    options: {
      ...reduceDefaults,
      orientation: VizOrientation.Auto,
      showThresholdMarkers: true,
      minVizWidth: 75,
      minVizHeight: 75,
    },
  })
