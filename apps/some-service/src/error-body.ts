import { STATUS_CODES } from 'node:http'

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

export const errorBody = (statusCode: number, message: string) => ({
  statusCode,
  error: STATUS_CODES[statusCode] ?? 'Error',
  message,
})

/** For a route's `schema.response`: each status with the shape above. */
export const errorResponses = (statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [status, { description: STATUS_CODES[status], ...errorSchema }]),
  )
