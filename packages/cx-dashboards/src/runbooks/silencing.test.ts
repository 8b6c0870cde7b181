import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { equals } from '../alertmanager/matcher.ts'
import { silenceCommand, silencing } from './silencing.ts'

/** What a shell gives to the command, argument by argument. */
const argumentsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `amtool() { printf '%s\\0' "$@"; }\n${command}`], {
    encoding: 'utf8',
    env: { USER: 'anna', ALERTMANAGER_URL: 'http://127.0.0.1:9093' },
  })
    .split('\0')
    .slice(0, -1)

test('a shell hands each matcher to amtool as it is, whatever is in it', () => {
  const values = ["it's", '$(touch /etc/x)', '`id`', 'a"b', 'c\\d', '!! *', 'two\nlines', '{{ x }}']
  const matchers = values.map((value) => equals('service_name', value))
  expect(argumentsOf(silenceCommand(matchers))).toEqual([
    'silence',
    'add',
    '--alertmanager.url=http://127.0.0.1:9093',
    '--author=anna',
    '--comment=why, and who knows',
    '--duration=1h',
    ...matchers,
  ])
})

test('a silence holds for the environments that page', () => {
  expect(silencing({ environments: ['production'] }, [])).toContain(
    `'deployment_environment_name="production"'`,
  )
  expect(silencing({ environments: ['eu', 'us'] }, [])).toContain(
    `'deployment_environment_name=~"eu|us"'`,
  )
})
