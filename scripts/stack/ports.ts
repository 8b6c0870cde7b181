import { createServer } from 'node:net'

export interface Ports {
  readonly service: number
  readonly metrics: number
  readonly prometheus: number
  readonly alertmanager: number
  readonly inbox: number
  readonly preview: number
  readonly signup: number
}

const listen = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1' }, () => {
      const { port: given } = server.address() as { port: number }
      server.close(() => resolve(given))
    })
  })

/** Ports that nobody listens on now. */
export const freePorts = async (): Promise<Ports> => {
  const next = async () => (await listen(0)) as number
  return {
    service: await next(),
    metrics: await next(),
    prometheus: await next(),
    alertmanager: await next(),
    inbox: await next(),
    preview: await next(),
    signup: await next(),
  }
}

const variables = {
  service: ['PORT', 8080],
  metrics: ['OTEL_EXPORTER_PROMETHEUS_PORT', 9464],
  prometheus: ['PROMETHEUS_PORT', 9090],
  alertmanager: ['ALERTMANAGER_PORT', 9093],
  inbox: ['INBOX_PORT', 9095],
  preview: ['PREVIEW_PORT', 3000],
  signup: ['SIGNUP_PORT', 8081],
} as const satisfies Record<keyof Ports, readonly [string, number]>

/**
 * The usual ports, or those that the environment names.
 * @throws Error that names every port in use and how to choose another.
 */
export const usualPorts = async (env: NodeJS.ProcessEnv): Promise<Ports> => {
  const entries = Object.entries(variables).map(
    ([part, [variable, usual]]) => [part, variable, Number(env[variable] || usual)] as const,
  )
  const problems: string[] = []
  for (const [part, variable, port] of entries) {
    const isPort = Number.isInteger(port) && port > 0 && port < 65_536
    if (!isPort) problems.push(`${variable}=${env[variable]} is no port`)
    else if ((await listen(port)) === undefined) {
      problems.push(
        `port ${port} (${part}) is in use: stop what listens there, or choose another with ${variable}`,
      )
    }
  }
  for (const [index, [part, variable, port]] of entries.entries()) {
    const [earlier] = entries.slice(0, index).find(([, , other]) => other === port) ?? []
    if (earlier)
      problems.push(
        `port ${port} is meant for ${earlier} and for ${part}: choose another with ${variable}`,
      )
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return Object.fromEntries(entries.map(([part, , port]) => [part, port])) as unknown as Ports
}
