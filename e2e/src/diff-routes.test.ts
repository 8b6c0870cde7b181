import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { amtool, temporaryFolder } from './own-alertmanager.ts'

interface Route {
  readonly receiver: string
  readonly matchers?: readonly string[]
  readonly continue?: boolean
  readonly routes?: readonly Route[]
}

type Labels = Readonly<Record<string, string>>

// Of the command's own, and no part of what the package offers.
const source = fileURLToPath(
  new URL('../../packages/cx-dashboards/src/diff/route-tree.ts', import.meta.url),
)
const { routesOf } = (await import(pathToFileURL(source).href)) as {
  routesOf: (config: object, labels: Labels) => readonly { readonly receiver: string }[]
}

const names = ['one', 'two', 'three', 'four']
const receiver = fc.constantFrom(...names)
const value = fc.constantFrom('x', 'y', 'x y', 'a"b', 'x|y', '')
const label = fc.constantFrom('owner', 'severity')

const quoted = (text: string): string => `"${text.replaceAll('"', String.raw`\"`)}"`

const matcher = fc
  .tuple(label, fc.constantFrom('=', '!=', '=~', '!~'), value)
  .map(([name, operator, text]) => `${name}${operator}${quoted(text)}`)

/** Of some depth: Alertmanager looks into a route before it looks at the next. */
const routeAbove = (routes: fc.Arbitrary<readonly Route[]>): fc.Arbitrary<Route> =>
  fc.record({
    receiver,
    matchers: fc.array(matcher, { minLength: 1, maxLength: 2 }),
    continue: fc.boolean(),
    routes,
  })

const leaf = routeAbove(fc.constant([]))
const route = routeAbove(fc.array(routeAbove(fc.array(leaf, { maxLength: 2 })), { maxLength: 2 }))

const labels: fc.Arbitrary<Labels> = fc.record({ owner: value, severity: value })

test('whoever Alertmanager’s own tool says is told of an alert, the diff says too', async () => {
  const file = join(await temporaryFolder(), 'alertmanager.yml')
  await fc.assert(
    fc.asyncProperty(
      receiver,
      fc.array(route, { minLength: 1, maxLength: 4 }),
      labels,
      async (root, routes, alert) => {
        const config = {
          route: { receiver: root, routes },
          receivers: names.map((name) => ({ name })),
        }
        await writeFile(file, stringify(config))
        const { code, said } = amtool(
          'config',
          'routes',
          'test',
          `--config.file=${file}`,
          ...Object.entries(alert).map(([name, text]) => `${name}=${quoted(text)}`),
        )
        expect(code, said).toBe(0)
        // The receivers stand on the first line; a warning may follow.
        const ours = routesOf(config, alert).map((each) => each.receiver)
        expect(ours.join(',')).toBe(said.split('\n')[0])
      },
    ),
    { numRuns: 100 },
  )
})
