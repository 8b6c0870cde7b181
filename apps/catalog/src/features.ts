import { feature, operation, owner } from 'cx-definition'

export const platform = owner('platform', { title: 'Platform' })

export const readDocument = operation('some-service', 'GET', '/api/documents/:documentId')
export const writeDocument = operation('some-service', 'PUT', '/api/documents/')

export const documents = feature('documents', {
  title: 'Documents',
  description: 'Customers read and store documents through the API.',
  owner: platform,
  operations: [readDocument, writeDocument],
})
