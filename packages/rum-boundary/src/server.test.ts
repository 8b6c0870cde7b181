import { feature, owner, webApp } from 'cx-definition'
import { createElement, version } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { consoleSink } from './console.ts'
import { OwnerBoundary, reportError, startErrorReporting, useOwner, withOwner } from './index.ts'
import { pageState } from './page-state.ts'

const growth = owner('growth')
const signup = feature('signup', { owner: growth })

const WhoseAmI = () => createElement('p', null, useOwner().owner?.name ?? 'nobody')

test('a server renders what is in a boundary, which knows its owner there too', () => {
  const page = createElement(
    OwnerBoundary,
    { owner: growth, feature: signup, fallback: () => 'failed' },
    createElement(WhoseAmI),
  )
  expect(renderToString(page)).toBe('<p>growth</p>')
  expect(renderToString(createElement(WhoseAmI))).toBe('<p>nobody</p>')
  expect(version).toMatch(/^19/)
})

test('a server reports nothing and keeps nothing', () => {
  const reporting = startErrorReporting({
    app: webApp('signup-web', { owner: growth, pages: [] }),
    sinks: [consoleSink()],
    consent: 'granted',
  })
  for (let times = 0; times < 1000; times += 1) reportError(new Error('on the server'))
  expect(withOwner({ owner: growth }, () => fail())).toThrow('on the server')
  reporting.consent('granted')
  reporting.flush()
  reporting.stop()
  expect(pageState).toMatchObject({ early: [], unclaimed: [] })
})

test('an owner that is no owner is a type error', () => {
  // @ts-expect-error the owner is what the catalog has, not its name
  createElement(OwnerBoundary, { owner: 'growth' })
})

const fail = (): never => {
  throw new Error('on the server')
}

test('a boundary of one copy of the package is found by the other', async () => {
  vi.resetModules()
  const other = await import('./index.ts')
  expect(other.OwnerBoundary).not.toBe(OwnerBoundary)
  const Whose = () => other.useOwner().owner?.name
  expect(
    renderToString(createElement(OwnerBoundary, { owner: growth }, createElement(Whose))),
  ).toBe('growth')
})
