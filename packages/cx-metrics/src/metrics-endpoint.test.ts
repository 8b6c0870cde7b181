import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { conventionalBounds } from 'cx-definition'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../fixtures/program.ts'
import { openMetricsEndpoint } from './metrics-endpoint.ts'
import { createPrometheusText, type PrometheusText } from './prometheus-text.ts'
import { createSeriesStore } from './series-store.ts'

/** A page of some ten megabytes, more than a socket holds, on which no two lines are equal. */
const setUp = async () => {
  const store = createSeriesStore({ dimensionName: 'customer' })
  const family = store.histograms(
    {
      name: 'h',
      kind: 'histogram',
      unit: 's',
      description: 'd',
      attributes: ['index', 'something_long'],
    },
    conventionalBounds,
  )
  for (let index = 0; index < 5000; index += 1)
    family.add({ index, something_long: 'x'.repeat(50) }).sum = index
  const text = createPrometheusText(store, {})
  text.release()
  const port = await freePort()
  const more = async () => '# more\n'
  const endpoint = openMetricsEndpoint({ host: '127.0.0.1', port, text, more })
  onTestFinished(() => endpoint.close())
  await endpoint.opened
  return { url: `http://127.0.0.1:${port}/metrics`, page: `${await pageOf(text)}# more\n` }
}

const pageOf = async (text: PrometheusText): Promise<string> => {
  let page = ''
  for await (const part of text.parts()) page += part.toString()
  return page
}

const scrape = async (url: string): Promise<IncomingMessage> => {
  const request = get(url, { agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return response
}

test('a scraper that reads slowly gets the page whole, though its bytes are written over', async () => {
  const { page, url } = await setUp()
  const response = await scrape(url)
  const chunks: Buffer[] = []
  for await (const chunk of response) {
    chunks.push(chunk as Buffer)
    if (chunks.length % 50 === 0) await sleep(5)
  }
  expect(Buffer.concat(chunks).toString() === page).toBe(true)
})

test('scrapers at one time get a page each', async () => {
  const { page, url } = await setUp()
  const pages = await Promise.all([1, 2, 3].map(async () => (await fetch(url)).text()))
  expect(pages.map((each) => each === page)).toEqual([true, true, true])
})

test('a scraper that goes away in the middle leaves the next one its page', async () => {
  const { page, url } = await setUp()
  const response = await scrape(url)
  await once(response, 'readable')
  response.destroy()
  expect((await (await fetch(url)).text()) === page).toBe(true)
})
