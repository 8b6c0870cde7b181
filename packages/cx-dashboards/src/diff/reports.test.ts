import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Change } from './change.ts'
import type { DiffObject, DiffTarget } from './diff-target.ts'
import { jsonReport } from './json-report.ts'
import { markdownReport } from './markdown-report.ts'
import { textReport } from './text-report.ts'

const object = (more: Partial<DiffObject> = {}): DiffObject => ({
  kind: 'dashboard',
  name: 'cx-overview',
  title: 'Overview',
  action: 'update',
  changes: [{ subject: '"Availability"', what: 'unit', before: 's', after: 'ms' }],
  ...more,
})

const target = (objects: readonly DiffObject[], notes: readonly Change[] = []): DiffTarget => ({
  target: 'Grafana',
  objects,
  notes,
})

test('text tells what would happen to each, and how many are the same', () => {
  const objects = [
    object(),
    object({ name: 'cx-new', title: 'New', action: 'create', changes: [] }),
    object({ name: 'cx-old', title: 'cx-old', action: 'delete', changes: [] }),
    object({
      name: 'cx-mine',
      title: 'Mine',
      action: 'conflict',
      reason: 'somebody changed it',
      persons: [{ what: 'time.from', before: 'now-1h', after: 'now-7d' }],
    }),
    object({ name: 'cx-rest', title: 'cx-rest', action: 'stale', changes: [] }),
    object({ name: 'cx-same', action: 'same', changes: [] }),
  ]
  expect(
    textReport([target(objects, [{ subject: 'cost', what: 'rules', before: '3', after: '4' }])]),
  ).toBe(
    `Grafana
  ~ dashboard cx-overview “Overview” would change
      "Availability"
        unit: s → ms
  + dashboard cx-new “New” would be created
  - dashboard cx-old would be removed
  ! dashboard cx-mine “Mine” left alone: somebody changed it
      A person changed:
      time.from: now-1h → now-7d
      Publishing would change:
      "Availability"
        unit: s → ms
  ! dashboard cx-rest no longer in the set, left without --prune
  = 1 dashboard the same
  cost: rules: 3 → 4

1 would change, 1 would be created, 1 would be removed, 1 no longer in the set, left without --prune, 1 left alone, 1 the same.`,
  )
})

test('why something is left alone is told in Markdown and in JSON too', () => {
  const reason = 'a | file keeps it'
  const targets = [target([object({ action: 'conflict', reason })])]
  expect(markdownReport(targets)).toContain('| left alone: a \\| file keeps it | 1 |')
  expect(JSON.parse(jsonReport(targets)).targets[0].objects[0].reason).toBe(reason)
})

test('the same change of many dashboards is told once', () => {
  const objects = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => object({ name, title: name }))
  const text = textReport([target(objects)])
  expect(text).toContain('~ dashboard a, b, c, d and 2 more would change')
  expect(text.match(/unit: s → ms/g)).toHaveLength(1)
})

const many = Array.from({ length: 100 }, (_, index) => ({ what: `change ${index}` }))

test('a long list is shortened with a count in text, and whole in JSON', () => {
  const targets = [target([object({ changes: many })])]
  expect(textReport(targets)).toContain('… and 84 more (--json tells them all)')
  expect(JSON.parse(jsonReport(targets)).targets[0].objects[0].changes).toHaveLength(100)
})

test('a comment stays within what GitHub takes, however much changes', () => {
  const objects = Array.from({ length: 2000 }, (_, index) =>
    object({ name: `dashboard-${index}`, changes: [...many, { what: `own ${index}` }] }),
  )
  const text = markdownReport([target(objects)])
  expect(text.length).toBeLessThan(65_000)
  expect(text).toMatch(/… and \d+ more parts/)
})

test('a comment is the same each time, and nothing in a title makes markup or calls anybody', () => {
  const title = '<img src=x> | `x` [a](b) @everyone **b**'
  const objects = [object({ name: title, changes: [{ what: 'x', before: title, after: 'y' }] })]
  const text = markdownReport([target(objects)])
  expect(text).toBe(markdownReport([target(structuredClone(objects))]))
  expect(text).not.toMatch(/(?<!\\)<img|@everyone/)
  // A summary stands in HTML, where nothing else is markup.
  const outside = text.replace(/^<details>.*/gm, '')
  expect(outside).not.toMatch(/[^\\*]\*\*b|[^\\]\[a\]/)
  // A table's row has as many cells as its head.
  const rows = text.split('\n').filter((line) => line.startsWith('|'))
  expect(rows.map((row) => row.match(/(?<!\\)\|/g)?.length)).toEqual([5, 5, 5])
})

test('whatever is told, no form moves a cursor', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 })
  fc.assert(
    fc.property(text, text, text, (name, what, before) => {
      const odd = `${name}\u001B[31m\u009B2J\u202E`
      const targets = [
        {
          ...target([
            object({
              name: odd,
              title: odd,
              changes: [{ subject: odd, what, before, after: odd }],
            }),
          ]),
          target: odd,
        },
      ]
      for (const report of [textReport, markdownReport, jsonReport]) {
        expect(report(targets)).not.toMatch(/[^\P{Cc}\n]|\u202E/u)
      }
    }),
    { numRuns: 50 },
  )
})
