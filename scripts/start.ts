import { join } from 'node:path'
import { runTraffic } from 'load/embedded-runner'
import { runJourneys } from 'load/journeys'
import { cacheFolder } from './root.ts'
import { run } from './run.ts'
import { chromiumArguments, findChromium } from './stack/chromium.ts'
import { usualPorts } from './stack/ports.ts'
import { type Stack, startStack } from './stack/stack.ts'

const scrapeSeconds = 5

const main = async (): Promise<number> => {
  const ports = await usualPorts(process.env)
  console.log('Building the packages and the apps …')
  if (!run('nx', ['run-many', '-t', 'build', '--output-style=static'])) return 1

  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => interrupted.abort())
  }
  console.log('Starting service, Prometheus, Alertmanager, preview and signup …')
  const stack = await startStack({
    ports,
    scrapeSeconds,
    // One that runs on other ports keeps its data.
    folder: join(cacheFolder, 'start', String(ports.prometheus)),
    log: (part, line) => isNews(part, line) && console.log(`[${part}] ${line}`),
  })
  try {
    console.log(links(stack))
    const traffic = Promise.all([
      endlessTraffic(stack.serviceUrl, interrupted.signal),
      endlessJourneys(stack.signupUrl, interrupted.signal),
    ])
    const reason = await Promise.race([stack.ended, aborted(interrupted.signal)])
    interrupted.abort()
    await traffic
    if (reason === undefined) return 0
    console.error(`\n${reason}\nStopping the rest.`)
    return 1
  } finally {
    console.log('\nStopping; the service waits for its last scrape …')
    await stack.stop()
    console.log('Everything is stopped.')
  }
}

// The service logs each request; only what goes wrong is news here.
const isNews = (part: string, line: string): boolean =>
  part !== 'some-service' || !/"level":[1-4]\d/.test(line)

const links = ({
  alertmanagerUrl,
  inboxUrl,
  metricsUrl,
  previewUrl,
  prometheusUrl,
  serviceUrl,
  signupUrl,
}: Stack): string => `
  Overview dashboard  ${previewUrl}/d/cx-overview?from=now-5m&to=now&refresh=5s
  All dashboards      ${previewUrl}
  Sign up             ${signupUrl}
  Service             ${serviceUrl}/openapi.json
  Its metrics         ${metricsUrl}
  Prometheus          ${prometheusUrl}
  Alertmanager        ${alertmanagerUrl}
  On-call inbox       ${inboxUrl}

  Traffic of two customers is running, and people sign up${findChromium() ? ' in Chromium' : ''}; the first points show after about 20 seconds.
  Break it:  curl -X PUT ${serviceUrl}/breakage -H 'content-type: application/json' -d '{"mode":"errors"}'
             After a minute or two the platform team is paged: see the inbox. '{"mode":"errors","customer":"contoso"}' makes
             a ticket for one customer. '{"mode":"errors","feature":"self-signup"}' is the growth team's: their page takes
             about four minutes, since few go on with a signup that does not open.
  Mend it:   curl -X DELETE ${serviceUrl}/breakage
  Ctrl-C stops everything.
`

const endlessTraffic = async (baseUrl: string, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) await runTraffic({ baseUrl, factor: 1, signal, log: () => {} })
}

/** In a real browser where there is one. */
const endlessJourneys = async (baseUrl: string, signal: AbortSignal): Promise<void> => {
  const executablePath = findChromium()
  const browser = executablePath ? { executablePath, args: chromiumArguments } : undefined
  try {
    await runJourneys({ baseUrl, signal, ...(browser && { browser }) })
  } catch (error) {
    console.error(`Nobody signs up: ${(error as Error).message.split('\n')[0]}`)
  }
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })

try {
  process.exitCode = await main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
