import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Breakage } from './breakage.ts'
import { errorBody } from './error-body.ts'

/** What an operation of the sample is like: how long it takes and what it answers now and then. */
export interface Behaviour {
  readonly fromMilliseconds: number
  readonly toMilliseconds: number
  readonly faults: readonly number[]
}

export interface BehaviourOptions {
  readonly random: () => number
  readonly sleep: (milliseconds: number) => Promise<unknown>
  /** What the switch demands for a customer's request. */
  readonly broken?: (request: FastifyRequest, draw: number) => Breakage | undefined
}

/** Often enough that a dashboard shows something, seldom enough that nobody is paged. */
const oneFaultIn = 400

/** Takes its time, then sets the status and returns the error's body, or nothing if all is well. */
export const createBehaviour =
  ({ broken, random, sleep }: BehaviourOptions) =>
  async (usual: Behaviour, request: FastifyRequest, reply: FastifyReply) => {
    const demanded = broken?.(request, random())
    const slower = demanded?.mode === 'slowness' ? demanded.delayMilliseconds : 0
    const spread = usual.toMilliseconds - usual.fromMilliseconds
    await sleep(usual.fromMilliseconds + random() * spread + slower)

    const fault = usual.faults[Math.floor(random() * oneFaultIn)]
    const status = demanded?.mode === 'errors' ? 500 : fault
    if (status === undefined) return undefined
    reply.code(status)
    return errorBody(status, 'The sample service fails now and then, on purpose')
  }
