import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { requestsIn, startScrapedService } from '../fixtures/scraped-service.ts'

const series = 4000

/** Its page has some 14 MB, more than sockets buffer; it was scraped before, and is about to be. */
const start = async () => {
  const service = await startScrapedService({
    prepare: `for (let index = 0; index < ${series}; index += 1) request('customer-' + index % 40, '/route/' + Math.floor(index / 40))`,
  })
  await service.scrape()
  await service.tell('leap')
  return service
}

/** Asks for the page and reads as much as comes at once, until `rest()` reads the rest. */
const slowScrape = async (port: number) => {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  onTestFinished(() => void socket.destroy())
  socket.write('GET /metrics HTTP/1.1\r\nhost: x\r\nuser-agent: Prometheus\r\n\r\n')
  const parts: Buffer[] = await once(socket, 'data')
  socket.pause()
  socket.on('data', (part: Buffer) => void parts.push(part))
  const rest = async () => {
    socket.resume()
    // Chunked, so an empty chunk tells that the page is whole.
    await eventually(() => Buffer.concat(parts.slice(-3)).toString('latin1')).toMatch(
      /\r\n0\r\n\r\n$/,
    )
    return Buffer.concat(parts).toString('latin1')
  }
  return { rest, socket }
}

test('a scrape that is under way on SIGTERM gets its page whole, and is not taken for the last one', async () => {
  const { ended, port, scrape, tell, terminate } = await start()
  const slow = await slowScrape(port)
  await tell('request')
  await terminate()
  const page = await slow.rest()
  expect(page).toMatch(/^HTTP\/1\.1 200 OK/)
  expect(page.match(/^cx_requests_total\{/gm)?.length).toBeGreaterThanOrEqual(series)
  expect(requestsIn(await scrape(), 'late')).toBe('1')
  expect(await ended).toEqual([null, 'SIGTERM'])
})

test('a scraper that leaves in mid-page is not taken for one that has it', async () => {
  const { ended, port, scrape, tell, terminate } = await start()
  const { socket } = await slowScrape(port)
  await terminate()
  socket.destroy()
  // The service has seen it leave by the time that it answers, or has ended, which it should not.
  for (let times = 0; times < 3; times += 1) await Promise.race([tell('request'), ended])
  expect(await scrape()).toContain('cx_requests_total{')
  expect(await ended).toEqual([null, 'SIGTERM'])
})

test('a scraper that stops reading does not keep the process once another scrape was served', async () => {
  const { ended, port, scrape, terminate } = await start()
  await slowScrape(port)
  await terminate()
  await scrape()
  expect(await ended).toEqual([null, 'SIGTERM'])
})
