import type { FastifyInstance } from 'fastify'
import { type Behaviour, type BehaviourOptions, createBehaviour } from './behaviour.ts'
import { errorResponses } from './error-body.ts'

interface Document {
  documentId: string
  title: string
  content: string
}

const reading: Behaviour = {
  fromMilliseconds: 10,
  toMilliseconds: 100,
  faults: [400, 401, 404, 500],
}
const listing: Behaviour = { fromMilliseconds: 10, toMilliseconds: 100, faults: [500] }
const writing: Behaviour = {
  fromMilliseconds: 100,
  toMilliseconds: 500,
  faults: [400, 403, 409, 500],
}

const documentId = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' } as const
const documentSchema = {
  type: 'object',
  required: ['documentId', 'title', 'content'],
  additionalProperties: false,
  properties: {
    documentId,
    title: { type: 'string', minLength: 1, maxLength: 200 },
    content: { type: 'string', maxLength: 50_000 },
  },
} as const

const listSchema = {
  type: 'object',
  required: ['documents'],
  properties: {
    documents: {
      type: 'array',
      items: {
        type: 'object',
        required: ['documentId', 'title'],
        properties: { documentId, title: { type: 'string' } },
      },
    },
  },
} as const

/** What everybody finds in a new product. */
const firstDocuments = [
  { documentId: 'getting-started', title: 'Getting started' },
  { documentId: 'your-first-offer', title: 'Your first offer' },
  { documentId: 'terms-and-conditions', title: 'Terms and conditions' },
]

/** The sample's API. It stores nothing: every document exists until a draw says it does not. */
export const documents = async (app: FastifyInstance, options: BehaviourOptions): Promise<void> => {
  const behave = createBehaviour(options)

  app.get(
    '/api/documents/',
    {
      schema: {
        summary: 'List the documents',
        response: { 200: listSchema, ...errorResponses(listing.faults) },
      },
    },
    async (request, reply) =>
      (await behave(listing, request, reply)) ?? { documents: firstDocuments },
  )

  app.get<{ Params: { documentId: string } }>(
    '/api/documents/:documentId',
    {
      schema: {
        summary: 'Read a document',
        params: { type: 'object', required: ['documentId'], properties: { documentId } },
        response: { 200: documentSchema, ...errorResponses(reading.faults) },
      },
    },
    async (request, reply) => {
      const { documentId: id } = request.params
      const found = { documentId: id, title: `Document ${id}`, content: 'Lorem ipsum' }
      return (await behave(reading, request, reply)) ?? found
    },
  )

  app.put<{ Body: Document }>(
    '/api/documents/',
    {
      schema: {
        summary: 'Write a document',
        body: documentSchema,
        response: { 200: documentSchema, ...errorResponses(writing.faults) },
      },
    },
    async (request, reply) => (await behave(writing, request, reply)) ?? request.body,
  )
}
