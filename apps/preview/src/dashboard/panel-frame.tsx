import { LoadingState, renderMarkdown, type InterpolateFunction } from '@grafana/data'
import type { Panel } from '@grafana/schema'
import { Menu, PanelChrome } from '@grafana/ui'
import type { ReactNode } from 'react'
import { PanelLinks } from './panel-links.tsx'
import { PanelTimeNote } from './panel-time-note.tsx'
import type { PanelResults } from './use-panel-data.ts'

/** In pixels. */
export interface PanelSize {
  readonly width: number
  readonly height: number
}

interface PanelFrameProps {
  readonly panel: Panel
  readonly title: string
  readonly size: PanelSize
  readonly results: PanelResults
  readonly replaceInTitle: InterpolateFunction
  /** Of a panel that looks at another time than the dashboard; else empty. */
  readonly note: string
  readonly onInspect: () => void
  readonly children: (inner: PanelSize) => ReactNode
}

/** Title, description, links and menu. */
export function PanelFrame({
  panel: { description, links = [], transparent, type },
  title,
  size: { width, height },
  results: { errors, isLoading },
  replaceInTitle,
  note,
  onInspect,
  children,
}: PanelFrameProps) {
  return (
    <PanelChrome
      {...{ title, width, height }}
      hoverHeader={!title}
      displayMode={transparent ? 'transparent' : 'default'}
      loadingState={isLoading ? LoadingState.Loading : LoadingState.Done}
      padding={type === 'table' ? 'none' : 'md'}
      description={description ? () => renderMarkdown(replaceInTitle(description)) : undefined}
      statusMessage={errors.length ? errors.join('\n') : undefined}
      titleItems={
        <>
          <PanelLinks links={links} replaceVariables={replaceInTitle} />
          <PanelTimeNote note={note} />
        </>
      }
      menu={
        <Menu>
          <Menu.Item label="Inspect queries" icon="info-circle" onClick={onInspect} />
        </Menu>
      }
    >
      {(innerWidth: number, innerHeight: number) =>
        children({ width: innerWidth, height: innerHeight })
      }
    </PanelChrome>
  )
}
