import { expect, test } from 'vitest'
import { catalog, type CatalogOptions } from './catalog.ts'
import { DefinitionError } from './definition-error.ts'
import { days } from './duration.ts'
import { feature } from './feature.ts'
import { completion } from './indicator.ts'
import { type Journey, journey } from './journey.ts'
import { objective } from './objective.ts'
import { owner } from './owner.ts'
import { percent } from './percent.ts'
import { webApp } from './web-app.ts'

const growth = owner('growth')
const signup = feature('signup', { owner: growth })
const signupWeb = webApp('signup-web', { owner: growth, pages: ['/signup/account'] })
const selfSignup = journey('self-signup', {
  feature: signup,
  app: signupWeb,
  steps: ['account', 'company'],
})

const sound: CatalogOptions = {
  owners: [growth],
  features: [signup],
  apps: [signupWeb],
  journeys: [selfSignup],
}

const summary = (options: Partial<CatalogOptions>): string[] => {
  try {
    catalog({ ...sound, ...options })
    return []
  } catch (error) {
    if (error instanceof DefinitionError)
      return error.problems.map(({ code, path }) => `${code} ${path}`)
    throw error
  }
}

test('a catalog knows its apps and journeys, and needs none', () => {
  expect(catalog(sound)).toMatchObject({ apps: [signupWeb], journeys: [selfSignup] })
  expect(catalog({ owners: [], features: [] })).toMatchObject({ apps: [], journeys: [] })
})

test('a journey follows one that the catalog knows', () => {
  const next = (follows: Journey) =>
    journey('first-session', { feature: signup, app: signupWeb, steps: ['a'], follows })
  expect(summary({ journeys: [selfSignup, next(selfSignup)] })).toEqual([])
  const unknown = journey('gone', { feature: signup, app: signupWeb, steps: ['a'] })
  expect(summary({ journeys: [selfSignup, next(unknown)] })).toEqual([
    'CX_ERR_UNKNOWN_JOURNEY journeys[1].follows',
  ])
})

test('all problems of apps and journeys are told at once', () => {
  const stranger = owner('stranger')
  const apps = [
    signupWeb,
    webApp('signup-web', { owner: stranger, pages: ['signup', '/a b', '/ok', '/ok'] }),
    webApp('Sign up', { owner: growth, pages: [`/${'x'.repeat(200)}`] }),
  ]
  const journeys = [
    selfSignup,
    journey('self-signup', {
      feature: feature('signup', { owner: growth }),
      app: webApp('other-web', { owner: growth, pages: [] }),
      steps: ['account', 'Account', 'account'],
    }),
    journey('empty', { feature: signup, app: signupWeb, steps: [] }),
  ]
  expect(summary({ apps, journeys })).toEqual([
    'CX_ERR_DUPLICATE_NAME apps[1].name',
    'CX_ERR_UNKNOWN_OWNER apps[1].owner',
    'CX_ERR_DUPLICATE_NAME apps[1].pages[3]',
    'CX_ERR_ROUTE apps[1].pages[0]',
    'CX_ERR_ROUTE apps[1].pages[1]',
    'CX_ERR_NAME apps[2].name',
    'CX_ERR_ROUTE apps[2].pages[0]',
    'CX_ERR_DUPLICATE_NAME journeys[1].name',
    'CX_ERR_UNKNOWN_FEATURE journeys[1].feature',
    'CX_ERR_UNKNOWN_APP journeys[1].app',
    'CX_ERR_DUPLICATE_NAME journeys[1].steps[2]',
    'CX_ERR_NAME journeys[1].steps[1]',
    'CX_ERR_EMPTY journeys[2].steps',
  ])
})

test('the words for an error without owner or feature are no names', () => {
  expect(
    summary({
      owners: [growth, owner('unowned')],
      features: [signup, feature('none', { owner: growth })],
    }),
  ).toEqual(['CX_ERR_NAME owners[1].name', 'CX_ERR_NAME features[1].name'])
})

test('an objective on a journey that the catalog does not know would never see an event', () => {
  const completed = objective('signup-completed', {
    feature: signup,
    indicator: completion({ of: selfSignup, step: 'account' }),
    target: percent(95),
    window: days(30),
  })
  expect(summary({ objectives: [completed] })).toEqual([])
  expect(summary({ objectives: [completed], journeys: [] })).toEqual([
    'CX_ERR_UNKNOWN_JOURNEY objectives[0].indicator.of',
  ])
})

test('a step that the journey does not have is a type error', () => {
  // @ts-expect-error there is no such step
  completion({ of: selfSignup, step: 'acount' })
})
