import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Breakage } from './breakage.ts'
import { errorBody, errorResponses } from './error-body.ts'

/** What an operation of the sample is like: how long it takes and what it answers now and then. */
interface Behaviour {
  readonly fromMilliseconds: number
  readonly toMilliseconds: number
  readonly faults: readonly number[]
}

export interface DocumentsOptions {
  /** What the switch demands for a customer's request. */
  readonly broken: (request: FastifyRequest, draw: number) => Breakage | undefined
  readonly random: () => number
  readonly sleep: (milliseconds: number) => Promise<unknown>
}

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
const writing: Behaviour = {
  fromMilliseconds: 100,
  toMilliseconds: 500,
  faults: [400, 403, 409, 500],
}

/** Often enough that a dashboard shows something, seldom enough that nobody is paged. */
const oneFaultIn = 400

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

/** The sample's API. It stores nothing: every document exists until a draw says it does not. */
export const documents = async (app: FastifyInstance, options: DocumentsOptions): Promise<void> => {
  const behave = behaviour(options)

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

/** Takes its time, then sets the status and returns the error's body, or nothing if all is well. */
const behaviour =
  ({ broken, random, sleep }: DocumentsOptions) =>
  async (usual: Behaviour, request: FastifyRequest, reply: FastifyReply) => {
    const demanded = broken(request, random())
    const slower = demanded?.mode === 'slowness' ? demanded.delayMilliseconds : 0
    const spread = usual.toMilliseconds - usual.fromMilliseconds
    await sleep(usual.fromMilliseconds + random() * spread + slower)

    const fault = usual.faults[Math.floor(random() * oneFaultIn)]
    const status = demanded?.mode === 'errors' ? 500 : fault
    if (status === undefined) return undefined
    reply.code(status)
    return errorBody(status, 'The sample service fails now and then, on purpose')
  }
