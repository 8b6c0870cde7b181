import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findPrometheus } from '../../scripts/stack/find-prometheus.ts'
import { startPart, untilReady } from '../../scripts/stack/part.ts'
import { freePorts } from '../../scripts/stack/ports.ts'

/**
 * A Prometheus of the test's own, until its end, that scrapes each second.
 * @param pages the pages to scrape, by the name of the job
 * @param fill puts blocks of the past into the data's folder
 * @returns its URL
 */
export const startPrometheus = async (
  pages: Readonly<Record<string, string>>,
  fill: (dataFolder: string) => Promise<void> = async () => {},
): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cx-prometheus-'))
  const stops = [() => rm(folder, { recursive: true, force: true })]
  onTestFinished(async () => {
    for (const stop of stops.toReversed()) await stop()
  })
  const config = join(folder, 'prometheus.json')
  await writeFile(
    config,
    JSON.stringify({
      global: { scrape_interval: '1s' },
      scrape_configs: Object.entries(pages).map(([name, page]) => ({
        job_name: name,
        static_configs: [{ targets: [new URL(page).host] }],
      })),
    }),
  )
  await fill(join(folder, 'data'))
  const { prometheus: port } = await freePorts()
  const url = `http://127.0.0.1:${port}`
  const part = startPart({
    name: 'prometheus',
    command: findPrometheus(() => {}).prometheus,
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    cwd: folder,
    log: () => {},
  })
  stops.push(part.stop)
  await untilReady(`${url}/-/ready`, part)
  return url
}
