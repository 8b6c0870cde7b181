import express from 'express'
// @ts-expect-error The alias has no types of its own.
import untyped from 'express-4'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ExpressLayer, layerTemplate, matchLayer, type PathPattern } from './express-layer.ts'

const express4 = untyped as typeof express

const layerOf = (createApp: typeof express, path: PathPattern): ExpressLayer => {
  const router = createApp.Router().use(path as string, (_request, _response, next) => next())
  return router.stack[0] as unknown as ExpressLayer
}

/** As before router 2.3, which Express 5.0 to 5.2 may have in their lockfile. */
const withoutPath = (layer: ExpressLayer): ExpressLayer => {
  Reflect.deleteProperty(layer, 'rawPath')
  return layer
}

const versions = {
  4: (path: PathPattern) => layerOf(express4, path),
  5: (path: PathPattern) => layerOf(express, path),
  'early 5': (path: PathPattern) => withoutPath(layerOf(express, path)),
}

const templateAt = (layer: ExpressLayer, path: string): string | undefined => {
  const match = matchLayer(layer, path)
  if (!match) throw new Error(`${path} does not match`)
  return layerTemplate(layer, match)
}

const everywhere = ['4', '5', 'early 5'] as const

test.for([
  ['/Api', '/API/x', ['4', '5'], '/Api'],
  ['/Api', '/API/x', ['early 5'], '/api'],
  ['/a.b/c-d_e~f@g', '/a.b/c-d_e~f@g', everywhere, '/a.b/c-d_e~f@g'],
  ['/of/:tenant', '/of/7/x', everywhere, '/of/:tenant'],
  ['/of/:tenant', '/of/of', everywhere, '/of/:tenant'],
  ['/:a/a/:b', '/a/a/a', everywhere, '/:a/a/:b'],
  ['/:a/:b', '/%61/a%2Fb', everywhere, '/:a/:b'],
  [['/x', '/y/:z'], '/y/1', ['4', '5'], '/x,/y/:z'],
  [['/x', '/y/:z'], '/y/1', ['early 5'], '/y/:z'],
  ['/of/:id(\\d+)', '/of/7', ['4'], '/of/:id'],
  ['/of/:id?', '/of', ['4'], '/of/:id?'],
  ['/files/*', '/files/1/2', ['4'], '/files/*'],
  ['/files/*rest', '/files/1/2', ['5'], '/files/*rest'],
  ['/files/*rest', '/files/1/2', ['early 5'], undefined],
  ['/v:version', '/v1', ['5'], '/v:version'],
  ['/v:version', '/v1', ['4', 'early 5'], undefined],
  [/^\/v\d+/, '/v1', everywhere, undefined],
  [/^\/(v\d+)/, '/v1', everywhere, undefined],
  [['/x', /^\/v\d+/], '/v1', everywhere, undefined],
] as const)(
  'mounted at %s and asked for %s, Express %s is labelled %s',
  ([path, asked, on, label]) => {
    for (const version of on) expect(templateAt(versions[version](path), asked)).toBe(label)
  },
)

test('a mount path’s template never depends on its parameters’ values', () => {
  const anyValue = fc.oneof(
    fc.constantFrom('of', 'in', ':tenant', ':user', '------------', '__proto__'),
    fc.string({ minLength: 1 }).map(encodeURIComponent),
  )
  const layers = everywhere.map((version) => versions[version]('/of/:tenant/in/:user'))
  fc.assert(
    fc.property(anyValue, anyValue, (tenant, user) => {
      for (const layer of layers)
        expect(templateAt(layer, `/of/${tenant}/in/${user}/x`)).toBe('/of/:tenant/in/:user')
    }),
  )
})
