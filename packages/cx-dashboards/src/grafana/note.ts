import * as text from '@grafana/grafana-foundation-sdk/text'

export const note = (title: string, markdown: string) =>
  new text.PanelBuilder()
    .title(title)
    .description(`What ${title} shows and promises.`)
    .mode(text.TextMode.Markdown)
    .content(markdown)
