import { buildApp } from './app.ts'
import { readConfig } from './config.ts'

const start = async (): Promise<void> => {
  const { host, port, ...config } = readConfig(process.env)
  const app = await buildApp(config)
  await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new Error(
      `port ${port} on ${host} is in use: stop what listens there, or set SIGNUP_PORT`,
    )
  })
  console.log(`signup-web listens at ${app.listeningOrigin}`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      app.close().then(() => process.exit(0), fail)
    })
  }
}

const fail = (reason: unknown): never => {
  console.error(`signup-web: ${reason instanceof Error ? reason.message : String(reason)}`)
  process.exit(1)
}

await start().catch(fail)
