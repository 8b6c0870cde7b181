import type { Panel } from '@grafana/schema'
import { ErrorBoundary, PanelChrome } from '@grafana/ui'
import { PanelMessage } from './panel-message.tsx'
import { PanelView } from './panel-view.tsx'

/** JSON that no panel can read, such as targets that are no list, costs this panel and no other. */
export function PanelGuard({ panel }: { panel: Panel }) {
  return (
    <ErrorBoundary dependencies={[panel]}>
      {({ error }) =>
        error ? <Broken panel={panel} message={error.message} /> : <PanelView panel={panel} />
      }
    </ErrorBoundary>
  )
}

function Broken({ panel, message }: { panel: Panel; message: string }) {
  const title = String(panel.title ?? '')
  return (
    <div data-testid={`panel-${title}`} data-state="error" style={{ height: '100%' }}>
      <PanelChrome title={title}>
        <PanelMessage kind="error" text={`This panel cannot be read: ${message}`} />
      </PanelChrome>
    </div>
  )
}
