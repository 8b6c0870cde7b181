import { FieldMatcherID, type FieldConfigSource } from '@grafana/data'
import { SeriesVisibilityChangeMode } from '@grafana/ui'
import { useCallback, useMemo, useState } from 'react'

export interface LegendVisibility {
  readonly fieldConfig: FieldConfigSource
  readonly onToggle: (label: string | string[] | null, mode: SeriesVisibilityChangeMode) => void
}

/** A click on a legend entry shows that series alone, a second click all of them; with Ctrl it adds or takes away one. */
export function useLegendVisibility(fieldConfig: FieldConfigSource): LegendVisibility {
  const [only, setOnly] = useState<readonly string[]>([])
  const onToggle = useCallback(
    (label: string | string[] | null, mode: SeriesVisibilityChangeMode) => {
      const labels = label === null ? [] : [label].flat()
      setOnly((former) =>
        mode === SeriesVisibilityChangeMode.AppendToSelection
          ? toggled(former, labels)
          : isSame(former, labels)
            ? []
            : labels,
      )
    },
    [],
  )
  const withHidden = useMemo(
    () =>
      only.length
        ? { ...fieldConfig, overrides: [...fieldConfig.overrides, hideAllBut(only)] }
        : fieldConfig,
    [fieldConfig, only],
  )
  return { fieldConfig: withHidden, onToggle }
}

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((item) => b.includes(item))
const toggled = (former: readonly string[], labels: readonly string[]) => [
  ...former.filter((item) => !labels.includes(item)),
  ...labels.filter((item) => !former.includes(item)),
]

const hideAllBut = (names: readonly string[]) => ({
  matcher: { id: FieldMatcherID.byNames, options: { mode: 'exclude', names } },
  properties: [{ id: 'custom.hideFrom', value: { viz: true, legend: false, tooltip: true } }],
})
