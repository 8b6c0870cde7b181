export interface Config {
  readonly host: string
  readonly port: number
  readonly logLevel: string
  /** Whether requests fail now and then; off where a test must not meet one by chance. */
  readonly faults: boolean
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** @throws {Error} that names the variable and what it may be. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => ({
  host: env['HOST'] || '127.0.0.1',
  port: readPort(env['PORT'] || '8080'),
  logLevel: readLogLevel(env['LOG_LEVEL'] || 'info'),
  faults: readSwitch(env['SAMPLE_FAULTS'] || 'on'),
})

const readPort = (text: string): number => {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Error(`PORT is ${JSON.stringify(text)}: give a whole number from 0 (any free) to 65535`)
}

const readLogLevel = (text: string): string => {
  if (logLevels.includes(text)) return text
  throw new Error(`LOG_LEVEL is ${JSON.stringify(text)}: give one of ${logLevels.join(', ')}`)
}

const readSwitch = (text: string): boolean => {
  if (text === 'on' || text === 'off') return text === 'on'
  throw new Error(`SAMPLE_FAULTS is ${JSON.stringify(text)}: give on or off`)
}
