import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium } from './testing/chromium.ts'
import { sinkNames, type Told, toldByWay } from './testing/told-by-way.ts'

const introduction = `# Each way to throw, at each sink

Written by \`packages/rum-boundary/src/error-table.test.ts\`, which throws in each of these ways in a real Chromium, on a page
of its own, with the production build of React and the real SDKs of Datadog and Sentry sending to a server of the test.
\`npm run golden --workspace rum-boundary\` writes it anew. What is thrown in a page's field belongs to the team \`identity\`, what is
around it to \`growth\`. The last four columns are the number of events that each sink got, all of them with that owner, feature and source.
The long test beside it sees the same of the development builds. React 18 tells nobody what another library's boundary caught (its
development build shows it to window, so that it is \`unowned\`): give that boundary an \`onError\`, as the row after it does.
`

describe.skipIf(!chromiumPath)('in a browser (skipped without Chromium)', () => {
  let browser: Browser
  const tables = new Map<string, string>()
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  test.for([19, 18] as const)(
    'each error is one event at each sink, under the right owner: React %s',
    { timeout: 180_000 },
    async (version) => {
      const ways = await toldByWay(browser, { version, mode: 'production' })
      for (const [way, { expected, told }] of ways)
        expect.soft({ way, ...told }).toEqual({
          way,
          ...Object.fromEntries(sinkNames.map((sink) => [sink, expected])),
        })
      tables.set(`React ${version}`, table(ways))
    },
  )

  test('and the documentation shows what was seen', async () => {
    const sections = Array.from(tables, ([title, rows]) => `\n## ${title}\n\n${rows}\n`)
    await expect([introduction, ...sections].join('')).toMatchFileSnapshot(
      '../../../docs/error-table.md',
    )
  })
})

const table = (ways: Awaited<ReturnType<typeof toldByWay>>): string =>
  [
    row(['Thrown', 'owner', 'feature', 'source', ...sinkNames]),
    row(Array<string>(4 + sinkNames.length).fill('---')),
    ...Array.from(ways, ([way, { told }]) =>
      row([way, ...ownerOf(told), ...sinkNames.map((sink) => told[sink].length)]),
    ),
  ].join('\n')

const ownerOf = ({ console: [owned = '– – –'] }: Told): string[] => owned.split(' ')

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
