import { feature, owner, webApp } from 'cx-definition'
import { createElement, type ReactNode, useEffect, useState } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { datadogSink } from '../datadog.ts'
import { OwnerBoundary, type OwnerBoundaryProps } from '../owner-boundary.ts'
import { reportError } from '../report-error.ts'
import { type ErrorReportingOptions, startErrorReporting } from '../reporter.ts'
import { rootHandlers } from '../root-handlers.ts'
import { sentrySink } from '../sentry.ts'
import type { OwnedError, Sink } from '../sink.ts'
import { useOwner } from '../use-owner.ts'
import { withOwner } from '../with-owner.ts'

const growth = owner('growth')
const identity = owner('identity')
const signup = feature('signup', { owner: growth })
const app = webApp('signup-web', { owner: growth, pages: ['/'] })
const statics = {
  texts: [],
  names: ['page', 'Broken'],
  messages: ['it broke'],
  pages: ['/'],
  routes: [],
}

/** What a sink of the page got. */
interface Seen {
  readonly sink: string
  readonly team: string
  readonly message: string
  readonly suppressed: number
  readonly tracker: string
}
const seen: Seen[] = []

const recordingSink = (name: string, more: Partial<Sink> = {}): Sink => ({
  name,
  needsConsent: false,
  send: ({ error, suppressed, team, tracker }: OwnedError) =>
    void seen.push({
      sink: name,
      team,
      message: error instanceof Error ? error.message : String(error),
      suppressed,
      tracker,
    }),
  ...more,
})

const trackers = (tunnel?: string): Sink[] => [
  datadogSink({
    applicationId: '00000000-aaaa-0000-aaaa-000000000000',
    clientToken: 'token',
    service: 'signup-web',
    env: 'test',
    version: '1.0.0',
    preset: 'signup',
    intake: '/cx/rum',
    statics,
  }),
  sentrySink({
    dsn: `${location.origin.replace('//', '//key@')}/1`,
    environment: 'test',
    release: '1.0.0',
    statics,
    ...(tunnel !== undefined && { tunnel }),
  }),
]

const start = (options: Partial<ErrorReportingOptions> = {}) =>
  startErrorReporting({ app, sinks: [recordingSink('first')], ...options })

/** Shows an element of its own root. */
const show = (element: ReactNode, id = 'root'): void => {
  let place = document.getElementById(id)
  if (!place) {
    place = document.createElement('div')
    place.id = id
    document.body.append(place)
  }
  createRoot(place, rootHandlers()).render(element)
}

/** Takes over what a server rendered. */
const hydrate = (element: ReactNode, html: string): void => {
  const place = document.querySelector('#root')!
  place.innerHTML = html
  hydrateRoot(place, element, rootHandlers())
}

const boundary = (props: Partial<OwnerBoundaryProps> & { readonly key?: number }) =>
  createElement(OwnerBoundary, { owner: growth, feature: signup, ...props })

/** What a page of the tests has in reach. */
const page = {
  createElement,
  useEffect,
  useState,
  useOwner,
  OwnerBoundary,
  boundary,
  datadog: () => import('@datadog/browser-rum'),
  growth,
  hydrate,
  identity,
  signup,
  recordingSink,
  reportError,
  seen,
  show,
  start,
  trackers,
  withOwner,
}
export type TestPage = typeof page & {
  /** The same, of another copy of the package. */
  readonly other?: typeof page
  /** For what a test keeps between two looks at the page. */
  kept?: unknown
}

export const providePage = (): void => {
  const given = globalThis as { rum?: TestPage }
  given.rum = given.rum ? { ...given.rum, other: page } : page
}
