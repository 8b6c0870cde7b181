import { useSyncExternalStore } from 'react'
import { withKeptParameters } from './kept-parameters.ts'

// pushState tells nobody; this event does.
const moved = 'preview:moved'

export function navigate(url: string, how: 'push' | 'replace' = 'push'): void {
  window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', url)
  window.dispatchEvent(new Event(moved))
}

export interface PageLocation {
  readonly pathname: string
  readonly search: string
}

export function usePageLocation(): PageLocation {
  const text = useSyncExternalStore(
    subscribe,
    () => window.location.pathname + window.location.search,
  )
  const [pathname = '/'] = text.split('?', 1)
  return { pathname, search: text.slice(pathname.length) }
}

function subscribe(listener: () => void): () => void {
  for (const event of ['popstate', moved]) window.addEventListener(event, listener)
  return () => {
    for (const event of ['popstate', moved]) window.removeEventListener(event, listener)
  }
}

/** Links in cells, notes and tooltips are plain anchors of Grafana's components: those that lead to our own pages stay in the app. */
export function followLinksInside(): void {
  document.addEventListener('click', (event) => {
    const anchor = (event.target as Element | null)?.closest?.(
      'a[href]',
    ) as HTMLAnchorElement | null
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (
      !anchor ||
      !isPlain ||
      event.defaultPrevented ||
      (anchor.target && anchor.target !== '_self') ||
      anchor.origin !== window.location.origin
    )
      return
    if (!/^\/($|(backtest|query)$|d\/|runbooks\/)/.test(anchor.pathname)) return
    event.preventDefault()
    navigate(withKeptParameters(anchor.pathname + anchor.search, window.location.search))
  })
}
