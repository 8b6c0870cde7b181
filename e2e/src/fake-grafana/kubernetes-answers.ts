import type { FastifyReply } from 'fastify'

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export const failure = (
  reply: FastifyReply,
  code: number,
  reason: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
) =>
  reply.code(code).send({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    details,
    code,
  })

/** What a group answers at its root, by which clients find out its versions. */
export const apiGroup = (name: string, versions: readonly string[]) => ({
  kind: 'APIGroup',
  apiVersion: 'v1',
  name,
  versions: versions.map((version) => ({ groupVersion: `${name}/${version}`, version })),
  preferredVersion: { groupVersion: `${name}/${versions[0]}`, version: versions[0] },
})
