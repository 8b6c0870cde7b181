import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startPart, untilReady } from '../../scripts/stack/part.ts'
import { builtPrometheus } from './build-prometheus.ts'

type Labels = Readonly<Record<string, string>>

export interface Receiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string
  /** An instant query's samples. @throws Error with what Prometheus says of the query. */
  query(expression: string): Promise<readonly { readonly metric: Labels; readonly value: number }[]>
  /** The one sample of a query; undefined where there is none. */
  value(expression: string): Promise<number | undefined>
  /** Of every series that matches. */
  labelSets(match: string): Promise<readonly Labels[]>
}

export interface ReceiverOptions {
  readonly port: number
  /** Prometheus' feature flags. */
  readonly features?: readonly string[]
  /** The port of an endpoint to scrape as well, as the job `scraped`. */
  readonly scrape?: number
}

/** A Prometheus 3 that takes OTLP, for one test. */
export const startReceiver = async ({
  features = [],
  port,
  scrape,
}: ReceiverOptions): Promise<Receiver> => {
  const folder = await mkdtemp(join(tmpdir(), 'cx-otlp-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const config = join(folder, 'prometheus.json')
  await writeFile(config, JSON.stringify(configuration(scrape)))
  const url = `http://127.0.0.1:${port}`
  const part = startPart({
    name: 'prometheus',
    command: builtPrometheus(),
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-otlp-receiver',
      `--enable-feature=${features.join(',')}`,
      '--log.level=error',
    ],
    cwd: folder,
    log: () => {},
  })
  onTestFinished(part.stop)
  await untilReady(`${url}/-/ready`, part)

  const query: Receiver['query'] = async (expression) => {
    const { result } = await ask<{ result: { metric: Labels; value: [number, string] }[] }>(
      `${url}/api/v1/query?${new URLSearchParams({ query: expression })}`,
    )
    return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }))
  }
  return {
    endpoint: `${url}/api/v1/otlp`,
    query,
    value: async (expression) => (await query(expression))[0]?.value,
    labelSets: (match) => ask(`${url}/api/v1/series?${new URLSearchParams({ 'match[]': match })}`),
  }
}

const configuration = (scrape: number | undefined) => ({
  // What docs/metric-contract.md asks for.
  otlp: {
    promote_resource_attributes: [
      'service.name',
      'deployment.environment.name',
      'service.instance.id',
    ],
  },
  scrape_configs:
    scrape === undefined
      ? []
      : [
          {
            job_name: 'scraped',
            scrape_interval: '1s',
            static_configs: [{ targets: [`127.0.0.1:${scrape}`] }],
          },
        ],
})

const ask = async <Data>(url: string): Promise<Data> => {
  const answer = (await (await fetch(url)).json()) as { error?: string; data?: Data }
  if (!answer.data) throw new Error(`${answer.error}: ${url}`)
  return answer.data
}
