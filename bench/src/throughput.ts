import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { alternate, table } from './rounds.ts'

const rounds = 24
const secondsPerRound = 2
const connections = 32
const names = ['bare', 'cx-metrics', 'fastify-metrics', 'OpenTelemetry SDK']

const servers: ChildProcess[] = []

const start = async (name: string) => {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('server.ts', import.meta.url)), name],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  servers.push(child)
  const [origin] = await once(createInterface({ input: child.stdout }), 'line')
  const url = `${origin as string}/api/documents/1`
  const measure = async (): Promise<number> => {
    const headers = { 'x-app-customer': 'contoso' }
    const {
      '2xx': answered,
      duration,
      non2xx,
    } = await autocannon({ url, connections, duration: secondsPerRound, headers })
    if (non2xx > 0) throw new Error(`${name} answered ${non2xx} requests with an error`)
    return answered / duration
  }
  return { name, measure }
}

try {
  const contenders = []
  for (const name of names) contenders.push(await start(name))
  const measured = await alternate(contenders, rounds)
  console.log(
    `\n### A Fastify with a trivial handler, ${connections} connections (${rounds} rounds of ${secondsPerRound} s)\n`,
  )
  console.log(table(measured, 'bare', { unit: 'requests/s', digits: 0 }))
} finally {
  for (const server of servers) server.kill()
}
