import { expect, test } from 'vitest'
import { regionShades } from './region-shades.ts'

const [pages, tickets] = [{ name: 'Pages' }, { name: 'Tickets' }]
const event = (query: object, from: number, to: number) => ({
  from,
  to,
  query,
  title: '',
  text: '',
  tags: [],
})
const inSight = { from: 0, to: 1000 }

test('Regions of one query that overlap are shaded once, however many alerts fire.', () => {
  const events = [
    event(pages, 12, 20),
    event(pages, 20, 40),
    event(pages, 22, 24),
    event(pages, 10, 30),
    event(pages, 60, 70),
  ]
  const regions = regionShades(events, inSight).map(({ from, to }) => [from, to])
  expect(regions).toEqual([
    [10, 40],
    [60, 70],
  ])
})

test('A ticket that stands all the time is faint, and a short page lies over it and is strong.', () => {
  const [ticket, page] = regionShades(
    [event(pages, 500, 560), event(tickets, -5000, 9000)],
    inSight,
  )
  expect(ticket).toMatchObject({ from: 0, to: 1000, query: tickets, opacity: 0.03 })
  expect(page).toMatchObject({ from: 500, to: 560, query: pages, opacity: 0.18 })
})

test('A moment, and what is out of sight, is not shaded.', () => {
  expect(regionShades([event(pages, 5, 5), event(pages, 2000, 3000)], inSight)).toEqual([])
})
