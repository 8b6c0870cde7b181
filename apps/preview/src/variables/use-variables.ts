import type { TimeRange } from '@grafana/data'
import type { VariableModel } from '@grafana/schema'
import { useEffect, useState } from 'react'
import type { DashboardVariable } from './dashboard-variable.ts'
import { loadOptionTexts } from './load-option-texts.ts'
import { resolveVariables } from './resolve-variables.ts'

/** Undefined until the first values are known; later the former ones stay until the new ones are. */
export function useVariables(
  models: readonly VariableModel[],
  fromUrl: Readonly<Record<string, readonly string[]>>,
  range: TimeRange,
): readonly DashboardVariable[] | undefined {
  const [variables, setVariables] = useState<readonly DashboardVariable[]>()
  useEffect(() => {
    let isCurrent = true
    void resolveVariables({ models, fromUrl, range, load: loadOptionTexts }).then(
      (resolved) => isCurrent && setVariables(resolved),
    )
    return () => {
      isCurrent = false
    }
  }, [models, fromUrl, range])
  return variables
}
