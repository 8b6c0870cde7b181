import type { LoaderFunctionArgs } from 'react-router'
import { withOwner } from 'rum-boundary'
import { documents } from 'sample-catalog/features'
import { copy } from '../copy.ts'
import { request } from '../request.ts'
import { loadAccount } from './account.ts'
import { journey } from './metrics.ts'

export interface DocumentsData {
  readonly documents: readonly { readonly documentId: string; readonly title: string }[]
  readonly isFirstSession: boolean
}

/** The first session has begun well when the documents are shown. */
export const loadDocuments = withOwner(
  { owner: documents.owner, feature: documents },
  async ({ request: { signal } }: LoaderFunctionArgs): Promise<DocumentsData> => {
    const account = await loadAccount()
    if (!account) return { documents: [], isFirstSession: false }
    const { isFirstSession } = account
    if (isFirstSession) journey.entered('documents')
    try {
      const answer = await request<Pick<DocumentsData, 'documents'>>('GET', '/api/documents/', {
        signal,
      })
      if (answer.refusal) throw new Error(copy.errors.refused)
      return { ...answer.value, isFirstSession }
    } catch (error) {
      if (isFirstSession && !signal.aborted) journey.failed('documents')
      throw error
    }
  },
)
