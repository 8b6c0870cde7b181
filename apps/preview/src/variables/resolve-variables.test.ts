import { getDefaultTimeRange } from '@grafana/data'
import { VariableSort, type VariableModel } from '@grafana/schema'
import { expect, test } from 'vitest'
import { resolveVariables } from './resolve-variables.ts'

const model = (part: Partial<VariableModel> & Pick<VariableModel, 'name'>): VariableModel => ({
  type: 'query',
  query: '',
  ...part,
})
const resolve = (
  models: VariableModel[],
  fromUrl: Record<string, string[]> = {},
  answers: Record<string, string[]> = {},
) =>
  resolveVariables({
    models,
    fromUrl,
    range: getDefaultTimeRange(),
    load: async (query) => {
      if (!answers[query]) throw new Error(`unexpected query: ${query}`)
      return answers[query]
    },
  })
const customers = { 'label_values(x, customer)': ['b', 'a', 'c'] }
const customer = model({ name: 'customer', query: 'label_values(x, customer)' })

test('Without a wish the first option counts, in the order the variable asks for.', async () => {
  expect(await resolve([customer], {}, customers)).toMatchObject([
    { value: 'b', text: 'b', isRegex: false },
  ])
  expect(
    await resolve([{ ...customer, sort: VariableSort.alphabeticalAsc }], {}, customers),
  ).toMatchObject([{ value: 'a' }])
})

test('The URL goes before the JSON, and counts even for a value that no series has.', async () => {
  const withCurrent = { ...customer, current: { text: 'c', value: 'c' } }
  expect(await resolve([withCurrent], {}, customers)).toMatchObject([{ value: 'c' }])
  expect(await resolve([withCurrent], { customer: ['quiet'] }, customers)).toMatchObject([
    { value: 'quiet', text: 'quiet' },
  ])
  expect(
    await resolve([{ ...customer, current: { text: 'gone', value: 'gone' } }], {}, customers),
  ).toMatchObject([{ value: 'b' }])
})

test('All stands for every value and comes first.', async () => {
  const multi = { ...customer, multi: true, includeAll: true }
  expect(await resolve([multi], {}, customers)).toMatchObject([
    { isAll: true, text: 'All', value: ['b', 'a', 'c'], isRegex: true },
  ])
  expect(await resolve([multi], { customer: ['a', 'c'] }, customers)).toMatchObject([
    { isAll: false, text: 'a + c', value: ['a', 'c'] },
  ])
  for (const word of ['$__all', 'All'])
    expect(await resolve([multi], { customer: [word] }, customers)).toMatchObject([{ isAll: true }])
})

test('A variable is asked for after those it mentions, wherever it stands, with their values filled in.', async () => {
  const route = model({
    name: 'route',
    query: {
      query: 'label_values(x{customer=~"${customer:regex}",w="$window"}, route)',
      refId: 'A',
    },
  })
  const window = model({ name: 'window', type: 'custom', query: '5m, 1h' })
  const answers = { ...customers, 'label_values(x{customer=~"c",w="5m"}, route)': ['/r'] }
  const resolved = await resolve([route, customer, window], { customer: ['c'] }, answers)
  expect(resolved.map(({ name, value }) => [name, value])).toEqual([
    ['route', '/r'],
    ['customer', 'c'],
    ['window', '5m'],
  ])
})

test('A regular expression filters, and its groups name value and text.', async () => {
  const answers = { q: ['api-1 (eu)', 'api-2 (us)', 'web-1 (eu)'] }
  const named = model({ name: 'v', query: 'q', regex: '/(?<value>api-\\d) \\((?<text>\\w+)\\)/' })
  expect((await resolve([named], {}, answers))[0]!.options).toEqual([
    { value: 'api-1', text: 'eu' },
    { value: 'api-2', text: 'us' },
  ])
  const plain = model({ name: 'v', query: 'q', regex: '/(\\w+)-/' })
  expect((await resolve([plain], {}, answers))[0]!.options.map(({ value }) => value)).toEqual([
    'api',
    'web',
  ])
})

test('Custom values may have a text of their own and hold commas.', async () => {
  const [custom] = await resolve([
    model({ name: 'v', type: 'custom', query: 'one, Two : 2, a\\,b' }),
  ])
  expect(custom!.options).toEqual([
    { value: 'one', text: 'one' },
    { value: '2', text: 'Two' },
    { value: 'a,b', text: 'a,b' },
  ])
})

test('A data source is fixed, a constant is its query, a text box takes the URL.', async () => {
  const models = [
    model({ name: 'ds', type: 'datasource', query: 'prometheus' }),
    model({ name: 'c', type: 'constant', query: 'fixed' }),
    model({ name: 't', type: 'textbox', query: 'start' }),
  ]
  expect((await resolve(models, { t: ['typed'] })).map(({ value }) => value)).toEqual([
    'prometheus',
    'fixed',
    'typed',
  ])
})

test('Options that cannot be loaded leave the value of the URL and say why.', async () => {
  expect(await resolve([customer], { customer: ['a'] })).toMatchObject([
    { value: 'a', error: 'unexpected query: label_values(x, customer)' },
  ])
})

test('Variables that mention each other end with an error instead of never.', async () => {
  const resolved = await resolve([
    model({ name: 'a', query: '$b' }),
    model({ name: 'b', query: '$a' }),
  ])
  expect(resolved).toHaveLength(2)
})
