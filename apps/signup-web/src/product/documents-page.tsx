import { useEffect } from 'react'
import { useLoaderData } from 'react-router'
import { copy } from '../copy.ts'
import { request } from '../request.ts'
import type { DocumentsData } from './load-documents.ts'
import { journey, metrics } from './metrics.ts'

export const DocumentsPage = () => {
  const { documents, isFirstSession } = useLoaderData<DocumentsData>()
  useEffect(() => {
    metrics.page('/product/documents')
    if (isFirstSession) completeFirstSession()
  }, [isFirstSession])
  return (
    <>
      <title>{copy.product.pageTitle}</title>
      {isFirstSession && (
        <section className="message good">
          <h2>{copy.product.welcome}</h2>
          <p>{copy.product.welcomeText}</p>
        </section>
      )}
      <h1>{copy.product.documents}</h1>
      <p className="intro">{copy.product.documentsIntro}</p>
      <ul className="documents">
        {documents.map(({ documentId, title }) => (
          <li key={documentId}>
            <span className="document-title">{title}</span>
            <span className="hint">{copy.product.open}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

let isCompleted = false

/** Once in a page's life, also where an effect runs twice. */
const completeFirstSession = (): void => {
  if (isCompleted) return
  isCompleted = true
  journey.completed('documents')
  // Should it fail, the next visit counts as the first again: no harm to the person.
  request('POST', '/api/account/welcomed', { body: {} }).catch(() => {})
}
