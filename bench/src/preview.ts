import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Measured, table } from './rounds.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

const bin = path('../../packages/cx-dashboards/bin/cx-dashboards.js')
const many = path('dashboards/many-services.ts')
const viewed = 'cx-service-service-7'
const rounds = 5
// The thread for the next save is loading; nobody saves faster than that.
const betweenSaves = 3000

const configOf = (services: number): string => `
import { manyServices } from ${JSON.stringify(many)}
import { title } from './title.ts'
const set = manyServices(${services})
export default { ...set, dashboards: set.dashboards.map((each) => each.uid === ${JSON.stringify(viewed)} ? { ...each, title } : each) }
`

/** From a save until the preview has served the changed dashboard, in milliseconds: all but what the browser does with it. */
const timeSaves = async (services: number): Promise<Measured> => {
  // Inside the repository, so that the config finds the packages by name.
  const folder = await mkdtemp(path('../.saves-'))
  const save = (title: string) =>
    writeFile(join(folder, 'title.ts'), `export const title = ${JSON.stringify(title)}\n`)
  await writeFile(join(folder, 'cx-dashboards.config.ts'), configOf(services))
  await save('before')
  const child = spawn(process.execPath, [bin, 'preview', '--port=0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const url = await urlOf(child.stdout)
    const values: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      await sleep(betweenSaves)
      const start = performance.now()
      await Promise.all([untilServed(url, `round ${round}`), save(`round ${round}`)])
      values.push(performance.now() - start)
    }
    return { name: `${services.toLocaleString('en-US')} services`, values }
  } finally {
    child.kill()
    await once(child, 'close')
    await rm(folder, { recursive: true })
  }
}

const urlOf = async (output: NodeJS.ReadableStream): Promise<string> => {
  for await (const line of createInterface({ input: output })) {
    if (line.startsWith('preview: ')) return line.replace('preview: ', '')
  }
  throw new Error('The preview ended before it began.')
}

/** As an open page does it: hears of a change, then asks for its dashboard. */
const untilServed = async (url: string, title: string): Promise<void> => {
  const { body } = await fetch(`${url}/api/events`)
  if (!body) throw new Error('The preview sends no events.')
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    if (!chunk.includes('event: change')) continue
    const dashboard: unknown = await (await fetch(`${url}/api/dashboards/${viewed}`)).json()
    if (Object(dashboard).title === title) return
  }
  throw new Error('The preview ended.')
}

console.log(`\n## From a save until the preview serves the changed dashboard (${rounds} saves)\n`)
const measured: Measured[] = []
for (const services of [10, 300, 1000]) measured.push(await timeSaves(services))
console.log(table(measured, '10 services', { unit: 'ms', digits: 0 }))
