import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { OwnerBoundary, rootHandlers } from 'rum-boundary'
import { appShell } from 'sample-catalog/features'
import { platform } from 'sample-catalog/owners'
import { Broken } from './broken.tsx'
import { ConsentBar } from './consent-bar.tsx'
import type { Telemetry } from './telemetry.ts'

/** The shell is the platform team's: what nobody inside owns is theirs. */
export const startApp = (telemetry: Telemetry, content: ReactNode): void => {
  createRoot(document.querySelector('#root') as HTMLElement, rootHandlers()).render(
    <StrictMode>
      <OwnerBoundary owner={platform} feature={appShell} name="shell" fallback={Broken}>
        {content}
        <ConsentBar telemetry={telemetry} />
      </OwnerBoundary>
    </StrictMode>,
  )
}
