import { IconButton } from '@grafana/ui'
import { createContext, useContext } from 'react'
import type { ThemeChoice } from './use-theme-mode.ts'

const ChoiceContext = createContext<ThemeChoice>({ mode: 'dark', choose: () => {} })
export const ThemeChoiceProvider = ChoiceContext.Provider

export function ThemeSwitch() {
  const { mode, choose } = useContext(ChoiceContext)
  const other = mode === 'dark' ? 'light' : 'dark'
  return (
    <IconButton
      name="adjust-circle"
      tooltip={`Switch to the ${other} theme`}
      onClick={() => choose(other)}
    />
  )
}
