import type { ErrorSource } from 'cx-definition'
import { describeError } from './describe-error.ts'
import { claimMilliseconds, isMarked } from './marks.ts'
import { pageState, type Told } from './page-state.ts'
import { isSame, tell } from './report-error.ts'

const mostUnclaimed = 100

/** Reports what nothing caught. Each waits a moment, in which a boundary may still claim it. */
export const watchGlobalErrors = (): { settle(): void; stop(): void } => {
  const { unclaimed } = pageState

  const settle = (): void => unclaimed.splice(0).forEach(tell)

  const see = (error: unknown, source: ErrorSource): void => {
    if (isMarked(error) || unclaimed.some((other) => isSame(other.error, error))) return
    if (unclaimed.length >= mostUnclaimed) settle()
    const told: Told = { error, source, at: Date.now() }
    unclaimed.push(told)
    setTimeout(() => {
      const index = unclaimed.indexOf(told)
      if (index >= 0) unclaimed.splice(index, 1).forEach(tell)
    }, claimMilliseconds)
  }

  const onError = ({ error, message }: ErrorEvent): void => {
    // What browsers say of their own layout loop is no error of the app.
    if (message?.startsWith('ResizeObserver')) return
    // Another site's script has no error to show, unlike what throws null.
    see(error ?? (/(null|undefined)$/.test(message) ? error : message), 'error')
  }
  const onRejection = ({ reason }: PromiseRejectionEvent): void => {
    // The app itself asked for it, such as when a page is left while it loads.
    if (describeError(reason).name !== 'AbortError') see(reason, 'rejection')
  }

  addEventListener('error', onError)
  addEventListener('unhandledrejection', onRejection)
  return {
    settle,
    stop() {
      removeEventListener('error', onError)
      removeEventListener('unhandledrejection', onRejection)
    },
  }
}
