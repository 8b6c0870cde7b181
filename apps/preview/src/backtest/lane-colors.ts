import type { GrafanaTheme2 } from '@grafana/data'

export const laneColors = ({ visualization: { getColorByName } }: GrafanaTheme2) => ({
  today: getColorByName('blue'),
  changed: getColorByName('orange'),
  errors: getColorByName('red'),
})
