import type {
  FastifyError,
  FastifyReply,
  FastifyRequest,
  FastifySchemaValidationError,
} from 'fastify'
import { errorBody, type Problem } from './error-body.ts'
import { TooBusyError } from './password-hash.ts'

/** Ends a request with this answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly statusCode: number
  readonly problem: Problem

  constructor(statusCode: number, message: string, problem: Problem) {
    super(message)
    this.statusCode = statusCode
    this.problem = problem
  }
}

/**
 * What went wrong, in one shape. Nothing of what a person sent is repeated, here or in the log: Fastify's
 * own handler would log the error of a refused body.
 */
export const answerProblem = (
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const { message, problem, statusCode } = known(error)
  if (statusCode >= 500) request.log.error({ errorName: error.name, code: error.code }, message)
  return reply.code(statusCode).send(errorBody(statusCode, message, problem))
}

const known = (error: FastifyError): ApiProblem => {
  if (error instanceof ApiProblem) return error
  if (error instanceof TooBusyError) {
    return new ApiProblem(503, 'Too busy; try again in a moment', { code: 'busy' })
  }
  const [invalid] = error.validation ?? []
  if (invalid) return invalidField(invalid)
  const { statusCode = 500 } = error
  return new ApiProblem(statusCode, messages[statusCode] ?? 'Something went wrong', {
    code: codes[statusCode] ?? (statusCode < 500 ? 'refused' : 'failed'),
  })
}

const codes: Readonly<Record<number, string>> = { 413: 'too-long', 429: 'too-many' }
const messages: Readonly<Record<number, string>> = {
  400: 'The body is not the JSON that is expected',
  413: 'The body is too long',
  415: 'Send JSON',
  429: 'Too many requests; try again in a moment',
}

const invalidField = ({
  instancePath,
  keyword,
  params,
}: FastifySchemaValidationError): ApiProblem => {
  const field = instancePath.slice(1) || String(params['missingProperty'] ?? '')
  const code =
    keyword === 'required' ? 'missing' : keyword === 'maxLength' ? 'too-long' : 'malformed'
  const what = field === '' ? 'The body is not as described' : `${field} is ${code}`
  return new ApiProblem(400, what, { code, ...(field !== '' && { field }) })
}
