import type { PlacedPanel } from './dashboard-parts.ts'

/** Of a panel or a row, without its number, its place and its title, which are told apart. */
export const contentOf = ({ json }: PlacedPanel) => {
  const { gridPos: _place, id: _id, pluginVersion: _version, title: _title, ...content } = json
  return content
}
