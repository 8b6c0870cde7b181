import { useCallback } from 'react'
import { fetchPublished, type PublishedDiff } from '../live/preview-api.ts'
import { useFetched, type Fetched } from '../live/use-fetched.ts'

/** How the dashboard differs from the published one; undefined where nobody asked to compare. */
export function usePublished(
  isAsked: boolean,
  uid: string,
  revision: number,
): Fetched<PublishedDiff> | undefined {
  const fetchDiff = useCallback(
    () => (isAsked ? fetchPublished(uid) : Promise.resolve(same)),
    [isAsked, uid],
  )
  const fetched = useFetched(fetchDiff, revision)
  return isAsked ? fetched : undefined
}

const same: PublishedDiff = { state: 'same', changes: [], panels: {} }
