import { join } from 'node:path'
import { root } from '../../scripts/root.ts'
import { startPart, untilReady } from '../../scripts/stack/part.ts'
import { freePorts } from '../../scripts/stack/ports.ts'

export interface OwnSignup {
  readonly url: string
  stop(): Promise<void>
}

/** A server of signup-web beside the stack's own, configured in another way. */
export const startSignup = async (
  serviceUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<OwnSignup> => {
  const { signup: port } = await freePorts()
  return start('signup-web', 'server/main.ts', port, {
    SIGNUP_PORT: String(port),
    SERVICE_URL: serviceUrl,
    ...env,
  })
}

/** A service that does not fail by chance. */
export const startFaultlessService = async (): Promise<OwnSignup> => {
  const { metrics, service: port } = await freePorts()
  return start('some-service', 'src/main.ts', port, {
    PORT: String(port),
    OTEL_EXPORTER_PROMETHEUS_PORT: String(metrics),
    SAMPLE_FAULTS: 'off',
  })
}

const start = async (
  name: string,
  script: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<OwnSignup> => {
  const part = startPart({
    name,
    command: process.execPath,
    args: [script],
    cwd: join(root, 'apps', name),
    env: { HOST: '127.0.0.1', ...env },
    log: () => {},
  })
  const url = `http://127.0.0.1:${port}`
  await untilReady(`${url}/health/ready`, part).catch(async (error: unknown) => {
    await part.stop()
    throw error
  })
  return { url, stop: part.stop }
}
