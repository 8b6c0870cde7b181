import { css } from '@emotion/css'
import { FieldColorModeId, renderTextPanelMarkdown, textUtil, type PanelProps } from '@grafana/data'
import { panelPlugin } from '../grafana/panel-plugin.ts'

interface TextOptions {
  mode: 'markdown' | 'html' | 'code'
  content: string
}

function TextPanel({ options: { mode, content }, replaceVariables }: PanelProps<TextOptions>) {
  const text = replaceVariables(content, {}, mode === 'code' ? undefined : 'html')
  if (mode === 'code') return <pre className={textStyles}>{text}</pre>
  const html =
    mode === 'html' ? textUtil.sanitizeTextPanelContent(text) : renderTextPanelMarkdown(text)
  return (
    <div className={`markdown-html ${textStyles}`} dangerouslySetInnerHTML={{ __html: html }} />
  )
}

const textStyles = css({
  height: '100%',
  overflow: 'auto',
  '& > :last-child': { marginBottom: 0 },
  '& > :first-child': { marginTop: 0 },
  // The stand-in font has no medium weight that could be told from the regular one.
  '& strong': { fontWeight: 700 },
})

export const textPlugin = () =>
  panelPlugin<TextOptions>({
    id: 'text',
    component: TextPanel,
    color: FieldColorModeId.Thresholds,
    custom: {},
    options: { mode: 'markdown', content: '' },
  })
