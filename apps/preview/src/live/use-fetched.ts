import { useEffect, useState } from 'react'

export type Fetched<Value> = { readonly value?: Value; readonly error?: string }

/** Keeps the former value while a new one is on its way. `fetchValue` must be stable; it runs again when `revision` changes. */
export function useFetched<Value>(
  fetchValue: () => Promise<Value>,
  revision: number,
): Fetched<Value> {
  const [state, setState] = useState<Fetched<Value>>({})
  useEffect(() => {
    let isCurrent = true
    fetchValue().then(
      (value) => isCurrent && setState({ value }),
      (error: Error) => isCurrent && setState((former) => ({ ...former, error: error.message })),
    )
    return () => {
      isCurrent = false
    }
  }, [fetchValue, revision])
  return state
}
