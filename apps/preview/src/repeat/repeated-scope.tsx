import { useMemo, type ReactNode } from 'react'
import { DashboardScopeProvider, useDashboardScope } from '../dashboard/dashboard-scope.ts'
import { withRepeated, type RepeatedValue } from './repeated-value.ts'

interface RepeatedScopeProps {
  readonly repeated: RepeatedValue | undefined
  readonly children: ReactNode
}

/** Gives a copy of a repeated row or panel its own value of the variable. */
export function RepeatedScope({ repeated, children }: RepeatedScopeProps) {
  const scope = useDashboardScope()
  const own = useMemo(
    () => (repeated ? { ...scope, variables: withRepeated(scope.variables, repeated) } : scope),
    // A new object of the same content would run every query of the copy again.
    [scope, repeated?.name, repeated?.value, repeated?.text],
  )
  return <DashboardScopeProvider value={own}>{children}</DashboardScopeProvider>
}
