import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { amtool, temporaryFolder } from './own-alertmanager.ts'
import { generated, type Receivers } from './two-teams.ts'

const somewhere: Receivers = {
  routingKeyFile: '/etc/alertmanager/key',
  apiUrlFile: '/etc/alertmanager/slack',
  url: 'http://127.0.0.1:9',
}

const written = async (content: string): Promise<string> => {
  const file = join(await temporaryFolder(), 'alertmanager.yml')
  await writeFile(file, content)
  return file
}

interface Test {
  readonly title: string
  readonly amtoolArguments: readonly string[]
}

const misrouted = (file: string, tests: readonly Test[]): string[] =>
  tests.flatMap(({ amtoolArguments, title }) => {
    const { code, said } = amtool(
      'config',
      'routes',
      'test',
      `--config.file=${file}`,
      ...amtoolArguments,
    )
    return code === 0 ? [] : [`${title}: ${said}`]
  })

test('the whole file is one that Alertmanager takes, and each alert goes where it must', async () => {
  const file = await written(generated('alertmanager/alertmanager.yml', somewhere))
  const { code, said } = amtool('check-config', file)
  expect(said).toContain('SUCCESS')
  expect(code).toBe(0)
  const tests: Test[] = JSON.parse(generated('alertmanager/routes.tests.json', somewhere))
  expect(tests.length).toBeGreaterThan(10)
  expect(misrouted(file, tests)).toEqual([])
})

test('the generated route tests notice a page that is lost', async () => {
  const content = generated('alertmanager/alertmanager.yml', somewhere)
  const file = await written(content.replaceAll('cx-platform-page', 'cx-platform-ticket-2'))
  const tests: Test[] = JSON.parse(generated('alertmanager/routes.tests.json', somewhere))
  expect(misrouted(file, tests).map((line) => line.split(':')[0])).toEqual([
    'a page of platform in production goes to the pages of platform',
    'a page of documents-availability in production goes to the pages of platform',
    'a page of nobody in production goes to the pages of platform',
  ])
})

test('the fragment, merged into a file that is there, takes our alerts and leaves the others', async () => {
  const fragment = parse(generated('alertmanager/cx-fragment.yml', somewhere))
  const merged = {
    route: {
      receiver: 'old',
      routes: [...fragment.route.routes, { matchers: ['severity="page"'], receiver: 'old-page' }],
    },
    receivers: [{ name: 'old' }, { name: 'old-page' }, ...fragment.receivers],
    inhibit_rules: fragment.inhibit_rules,
  }
  const file = await written(stringify(merged))
  expect(amtool('check-config', file).said).toContain('SUCCESS')
  const tests: Test[] = JSON.parse(generated('alertmanager/routes.tests.json', somewhere))
  const others = {
    title: 'another page of the same owner',
    amtoolArguments: [
      '--verify.receivers=old-page',
      'alertname=DiskFull',
      'owner=platform',
      'severity=page',
    ],
  }
  expect(misrouted(file, [...tests, others])).toEqual([])
})

test('an environment may have any name', async () => {
  const names = fc.uniqueArray(
    fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
      fc.string({
        unit: fc.constantFrom('"', '\\', '{{', '|', '.', '*', 'é', '\n', ' ', '$', '#'),
      }),
    ),
    { minLength: 1, maxLength: 3 },
  )
  await fc.assert(
    fc.asyncProperty(names, async (environments) => {
      // A command line holds no NUL.
      fc.pre(environments.every((name) => name.trim() !== '' && !name.includes('\0')))
      const receivers = { ...somewhere, environments }
      const file = await written(generated('alertmanager/alertmanager.yml', receivers))
      const tests: Test[] = JSON.parse(generated('alertmanager/routes.tests.json', receivers))
      expect(misrouted(file, tests.slice(0, environments.length * 2 + 1))).toEqual([])
    }),
    { numRuns: 15 },
  )
})
