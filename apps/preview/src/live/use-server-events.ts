import { useEffect, useState } from 'react'

export interface ServerEvents {
  /** Grows with every change of the dashboards: fetch again when it does. */
  readonly revision: number
  /** Why the dashboards could not be built anew; the old ones stay. */
  readonly problem: string | undefined
}

export function useServerEvents(): ServerEvents {
  const [state, setState] = useState<ServerEvents>({ revision: 0, problem: undefined })
  useEffect(() => {
    const source = new EventSource('/api/events')
    const changed = () =>
      setState(({ revision }) => ({ revision: revision + 1, problem: undefined }))
    let wasOpen = false
    source.addEventListener('open', () => {
      // After a restart of the server we may have missed a change.
      if (wasOpen) changed()
      wasOpen = true
    })
    source.addEventListener('change', changed)
    source.addEventListener('problem', (event) => {
      const { message } = JSON.parse(event.data as string) as { message: string }
      setState(({ revision }) => ({ revision, problem: message }))
    })
    return () => source.close()
  }, [])
  return state
}
