import type { PanelPlugin } from '@grafana/data'
import { ErrorBoundary } from '@grafana/ui'
import { PanelContent, type PanelContentProps } from './panel-content.tsx'
import type { PanelSize } from './panel-frame.tsx'
import { PanelMessage } from './panel-message.tsx'

interface PanelBodyProps extends Omit<PanelContentProps, 'height' | 'plugin' | 'width'> {
  /** Undefined of a type that is not drawn here. */
  readonly plugin: PanelPlugin | undefined
  readonly size: PanelSize
  /** @param message undefined when it is drawn again */
  readonly onCrash: (message: string | undefined) => void
}

/** What a panel shows, or why it shows nothing. */
export function PanelBody({ plugin, size, onCrash, ...content }: PanelBodyProps) {
  const { panel, results } = content
  return (
    <ErrorBoundary
      dependencies={[panel, results.data]}
      onError={({ message }) => onCrash(message)}
      onRecover={() => onCrash(undefined)}
    >
      {({ error }) =>
        error ? (
          <PanelMessage kind="error" text={`This panel failed to draw: ${error.message}`} />
        ) : !plugin ? (
          <PanelMessage kind="plain" text={`not previewed: ${panel.type}`} />
        ) : (
          <PanelContent {...content} {...size} plugin={plugin} />
        )
      }
    </ErrorBoundary>
  )
}
