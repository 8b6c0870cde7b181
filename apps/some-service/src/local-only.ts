import { BlockList, isIPv6 } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { errorBody } from './error-body.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/**
 * Lets a request through only from this machine's loopback, asked for by a loopback name.
 * The name counts since a web page elsewhere can point its own name at 127.0.0.1 (DNS rebinding).
 */
export const localOnly = async (request: FastifyRequest, reply: FastifyReply) => {
  if (isLoopbackAddress(request.ip) && isLoopbackHost(request.headers.host)) return undefined
  reply.code(403)
  return reply.send(
    errorBody(403, 'The switch works from this machine only: call it on http://127.0.0.1'),
  )
}

/** IPv4, IPv6, and IPv4 mapped into IPv6, as a dual-stack socket shows it. */
const isLoopbackAddress = (address: string): boolean =>
  loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

/** The value of a Host header, with or without a port. */
const isLoopbackHost = (host: string | undefined): boolean => {
  if (host === undefined || !URL.canParse(`http://${host}/`)) return false
  const { hostname } = new URL(`http://${host}/`)
  const address = hostname.replace(/^\[(.*)\]$/, '$1')
  return hostname === 'localhost' || isLoopbackAddress(address)
}
