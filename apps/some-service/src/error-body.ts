import { STATUS_CODES } from 'node:http'

/** What a program acts on; the message is for people who read the API's answers. */
export interface Problem {
  readonly code: string
  /** Which of the body's properties it is about. */
  readonly field?: string
  /** The first step that has to come before. */
  readonly missing?: string
}

/** The shape of Fastify's own errors, so that a client reads one shape only. */
const errorSchema = {
  type: 'object',
  required: ['statusCode', 'error', 'message'],
  properties: {
    statusCode: { type: 'integer' },
    error: { type: 'string' },
    message: { type: 'string' },
  },
} as const

const problemSchema = {
  ...errorSchema,
  properties: {
    ...errorSchema.properties,
    code: { type: 'string' },
    field: { type: 'string' },
    missing: { type: 'string' },
  },
} as const

export const errorBody = (statusCode: number, message: string, problem?: Problem) => ({
  statusCode,
  error: STATUS_CODES[statusCode] ?? 'Error',
  message,
  ...problem,
})

const responses = (schema: object) => (statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [status, { description: STATUS_CODES[status], ...schema }]),
  )

/** For a route's `schema.response`: each status with the shape above. */
export const errorResponses = responses(errorSchema)

/** The same for routes that tell what a program may act on. */
export const problemResponses = responses(problemSchema)
