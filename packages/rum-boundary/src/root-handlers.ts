import { type Component, version } from 'react'
import { type Ownership, pageState, type Told } from './page-state.ts'
import { claim, tell } from './report-error.ts'
import { isOwnerBoundary, scopeAbove } from './scope-of.ts'

interface ErrorInfo {
  readonly componentStack?: string | null | undefined
}

interface CaughtErrorInfo extends ErrorInfo {
  readonly errorBoundary?: Component<unknown> | null | undefined
}

/** For createRoot and hydrateRoot. */
export interface RootHandlers {
  readonly onCaughtError: (error: unknown, info: CaughtErrorInfo) => void
  readonly onUncaughtError: (error: unknown, info: ErrorInfo) => void
  readonly onRecoverableError: (error: unknown, info: ErrorInfo) => void
}

/**
 * What React tells a root: errors that another library's boundary caught, under the owner around it; those that
 * nothing caught; and those that React mended. React 18 knows the last alone.
 */
export const rootHandlers = (): RootHandlers => {
  let mending = false
  return {
    onCaughtError: (error, { componentStack, errorBoundary }) => {
      // Ours reports by itself, right after this.
      if (isOwnerBoundary(errorBoundary)) log(error)
      else take({ error, ...scopeOf(errorBoundary), componentStack, source: 'boundary' })
    },
    onUncaughtError: (error, { componentStack }) =>
      take({ error, componentStack, source: 'error' }),
    onRecoverableError: (error, { componentStack }) => {
      // React 18 tells one failed hydration as several errors, in one go.
      if (mending) claim(error)
      else take({ error, componentStack, source: 'error' })
      if (Number.parseInt(version) >= 19) return
      mending = true
      setTimeout(() => (mending = false))
    },
  }
}

const take = (told: Told): void => {
  log(told.error)
  tell(told)
}

/** React leaves its own words on the console to these handlers; where a reporter runs, a sink may say more. */
const log = (error: unknown): void => {
  if (!pageState.take) console.error(error)
}

const scopeOf = (boundary: unknown): Ownership => {
  try {
    const { boundary: name, feature, owner } = scopeAbove(boundary) ?? {}
    return { owner, feature, boundary: name }
  } catch {
    return {}
  }
}
