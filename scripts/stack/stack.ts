import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../root.ts'
import { alertmanager } from './alertmanager.ts'
import { findPrometheus } from './find-prometheus.ts'
import { generateAlerting } from './generate-alerting.ts'
import { startInbox } from './on-call-inbox.ts'
import { type Part, type PartOptions, startPart, untilReady } from './part.ts'
import type { Ports } from './ports.ts'

export interface Stack {
  readonly serviceUrl: string
  readonly metricsUrl: string
  readonly prometheusUrl: string
  readonly alertmanagerUrl: string
  /** Where the teams' pages and tickets arrive. */
  readonly inboxUrl: string
  readonly previewUrl: string
  readonly signupUrl: string
  /** Resolves, with the reason, when one of the parts has ended by itself. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

export interface StackOptions {
  readonly ports: Ports
  readonly scrapeSeconds: number
  /** For the configuration and data of Prometheus and Alertmanager; emptied first. */
  readonly folder: string
  readonly log: (part: string, line: string) => void
  /** Of some-service, such as `SAMPLE_FAULTS`. */
  readonly serviceEnv?: Readonly<Record<string, string>>
  /** Of signup-web, such as `SIGNUP_GUARD`. */
  readonly signupEnv?: Readonly<Record<string, string>>
}

/**
 * The sample service, a Prometheus that scrapes it and has the sample's rules, an Alertmanager that tells the teams' inbox, the
 * preview of the sample's dashboards, and signup-web with its product; all on 127.0.0.1.
 */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const { folder, log, ports, scrapeSeconds, serviceEnv, signupEnv } = options
  const urls = {
    serviceUrl: local(ports.service),
    metricsUrl: `${local(ports.metrics)}/metrics`,
    prometheusUrl: local(ports.prometheus),
    alertmanagerUrl: local(ports.alertmanager),
    inboxUrl: local(ports.inbox),
    previewUrl: local(ports.preview),
    signupUrl: local(ports.signup),
  }
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const inbox = await startInbox(ports.inbox)
  const parts: Part[] = []
  const stop = async () => {
    // The service first: it waits for one more scrape, so that its last requests are not lost.
    for (const part of parts) await part.stop()
    await inbox.stop()
  }
  const start = async (started: Omit<PartOptions, 'log'>, readyUrl: string) => {
    const part = startPart({ ...started, log: (line) => log(started.name, line) })
    parts.push(part)
    await untilReady(readyUrl, part)
  }
  try {
    await start(service(ports, serviceEnv), `${urls.serviceUrl}/health/ready`)
    // Where the sample's alerts and dashboards lead.
    const leadingTo = { ONCALL_INBOX_URL: urls.inboxUrl, GRAFANA_URL: urls.previewUrl }
    const generated = await generateAlerting(join(folder, 'generated'), leadingTo)
    await start(
      await alertmanager(ports.alertmanager, generated.alertmanagerFile, folder, (line) =>
        log('alertmanager', line),
      ),
      `${urls.alertmanagerUrl}/-/ready`,
    )
    await start(await prometheus(options, generated.ruleFiles), `${urls.prometheusUrl}/-/ready`)
    await start(preview(ports, scrapeSeconds, leadingTo), urls.previewUrl)
    await start(signupWeb(ports, signupEnv), `${urls.signupUrl}/health/ready`)
  } catch (error) {
    await stop()
    throw error
  }
  return { ...urls, ended: Promise.race(parts.map(({ ended }) => ended)), stop }
}

const local = (port: number): string => `http://127.0.0.1:${port}`

const service = (ports: Ports, env: StackOptions['serviceEnv']) => ({
  name: 'some-service',
  command: process.execPath,
  args: ['src/main.ts'],
  cwd: join(root, 'apps/some-service'),
  env: {
    HOST: '127.0.0.1',
    PORT: String(ports.service),
    OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
    OTEL_EXPORTER_PROMETHEUS_PORT: String(ports.metrics),
    ...env,
  },
})

const signupWeb = (ports: Ports, env: StackOptions['signupEnv']) => ({
  name: 'signup-web',
  command: process.execPath,
  args: ['server/main.ts'],
  cwd: join(root, 'apps/signup-web'),
  env: {
    HOST: '127.0.0.1',
    SIGNUP_PORT: String(ports.signup),
    SERVICE_URL: local(ports.service),
    ...env,
  },
})

const prometheus = async (
  { folder, log, ports, scrapeSeconds }: StackOptions,
  ruleFiles: string,
) => {
  const tools = findPrometheus((line) => log('prometheus', line))
  const config = join(folder, 'prometheus.json')
  // JSON is YAML.
  const settings = prometheusConfig(ports, scrapeSeconds, ruleFiles)
  await writeFile(config, JSON.stringify(settings, undefined, 2))
  return {
    name: 'prometheus',
    command: tools.prometheus,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${ports.prometheus}`,
      // The link of an alert to its query.
      `--web.external-url=${local(ports.prometheus)}`,
      '--log.level=warn',
    ],
    cwd: folder,
  }
}

const prometheusConfig = (ports: Ports, scrapeSeconds: number, ruleFiles: string) => ({
  global: { scrape_interval: `${scrapeSeconds}s`, evaluation_interval: `${scrapeSeconds}s` },
  rule_files: [ruleFiles],
  alerting: {
    alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${ports.alertmanager}`] }] }],
  },
  scrape_configs: [
    { job_name: 'some-service', static_configs: [{ targets: [`127.0.0.1:${ports.metrics}`] }] },
  ],
})

const preview = (ports: Ports, scrapeSeconds: number, env: Readonly<Record<string, string>>) => ({
  name: 'preview',
  env,
  command: process.execPath,
  args: [
    'packages/cx-dashboards/bin/cx-dashboards.js',
    'preview',
    '--config=apps/catalog/cx-dashboards.config.ts',
    `--prometheus=${local(ports.prometheus)}`,
    `--scrape-interval=${scrapeSeconds}`,
    `--port=${ports.preview}`,
  ],
  cwd: root,
})
