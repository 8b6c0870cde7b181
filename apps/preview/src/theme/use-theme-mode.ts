import { useEffect, useState, useSyncExternalStore } from 'react'

export type ThemeMode = 'dark' | 'light'

export interface ThemeChoice {
  readonly mode: ThemeMode
  readonly choose: (mode: ThemeMode) => void
}

const stored = 'preview.theme'
const prefersLight = window.matchMedia('(prefers-color-scheme: light)')

/** What the address says, else what was chosen here before, else what the system has. */
export function useThemeMode(): ThemeChoice {
  const system = useSyncExternalStore(subscribe, () => (prefersLight.matches ? 'light' : 'dark'))
  const [chosen, setChosen] = useState(() => asMode(inAddress()) ?? asMode(remembered()))
  const mode = chosen ?? system
  useEffect(() => {
    // Scroll bars and the like follow.
    document.documentElement.style.colorScheme = mode
  }, [mode])
  const choose = (next: ThemeMode) => {
    remember(next)
    setChosen(next)
  }
  return { mode, choose }
}

const subscribe = (listener: () => void): (() => void) => {
  prefersLight.addEventListener('change', listener)
  return () => prefersLight.removeEventListener('change', listener)
}

const asMode = (text: string | null): ThemeMode | undefined =>
  text === 'dark' || text === 'light' ? text : undefined

const inAddress = (): string | null => new URLSearchParams(window.location.search).get('theme')

// A browser may forbid storage.
const remembered = (): string | null => {
  try {
    return localStorage.getItem(stored)
  } catch {
    return null
  }
}

const remember = (mode: ThemeMode): void => {
  try {
    localStorage.setItem(stored, mode)
  } catch {
    // It holds until the page is loaded anew.
  }
}
