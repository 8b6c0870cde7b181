import type { DatadogJson } from '../datadog-object.ts'
import { plainText } from '../plain-text.ts'

/** A widget that was not yet given its place; sizes are in the grid's units, of which a line has twelve. */
export interface SizedWidget {
  readonly definition: DatadogJson
  readonly width: number
  readonly height: number
}

export interface PlacedWidget {
  readonly definition: DatadogJson
  readonly layout: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
}

const columns = 12

/** From left to right, on a new line where one does not fit any more, so that none ever covers another. */
export const placed = (widgets: readonly SizedWidget[]): readonly PlacedWidget[] => {
  let [x, y, lineHeight] = [0, 0, 0]
  return widgets.map(({ definition, height, width }) => {
    if (x + width > columns) [x, y, lineHeight] = [0, y + lineHeight, 0]
    const layout = { x, y, width, height }
    x += width
    lineHeight = Math.max(lineHeight, height)
    return { definition, layout }
  })
}

const titleHeight = 1

/** Widgets under a title, as wide as the dashboard. */
export const group = (title: string, widgets: readonly SizedWidget[]): SizedWidget => {
  const inside = placed(widgets)
  const bottom = Math.max(0, ...inside.map(({ layout }) => layout.y + layout.height))
  return {
    definition: {
      type: 'group',
      title: titleText(title),
      layout_type: 'ordered',
      show_title: true,
      widgets: inside,
    },
    width: columns,
    height: bottom + titleHeight,
  }
}

/** Markdown, in which names may stand as they are. */
export const note = (
  content: string,
  size: Pick<SizedWidget, 'height' | 'width'>,
): SizedWidget => ({
  definition: {
    type: 'note',
    content,
    background_color: 'white',
    font_size: '14',
    text_align: 'left',
    vertical_align: 'top',
    show_tick: false,
    has_padding: true,
  },
  ...size,
})

const longestTitle = 80

export const titleText = (title: string): string => {
  const text = [...plainText(title)]
  return text.length <= longestTitle
    ? text.join('')
    : `${text.slice(0, longestTitle - 1).join('')}…`
}
