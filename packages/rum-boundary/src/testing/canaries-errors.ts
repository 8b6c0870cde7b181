/// <reference lib="dom" />
import { type Channel, withWindow } from './channel.ts'

/** What is thrown, and how engines and trackers quote it. */
export const thrown: readonly Channel[] = [
  // Errors
  {
    channel: 'message of an error',
    by: 'person',
    act: withWindow((c) => report(new Error(`no such user ${c}`))),
  },
  {
    channel: 'message of an uncaught error',
    by: 'person',
    act: withWindow((c) =>
      later(() => {
        throw new Error(c)
      }),
    ),
  },
  {
    channel: 'rejection',
    by: 'person',
    act: withWindow((c) => later(() => void Promise.reject(new Error(c)))),
  },
  {
    channel: 'rejection with a string',
    by: 'person',
    act: withWindow((c) => later(() => void Promise.reject(c))),
  },
  { channel: 'thrown string', by: 'person', act: withWindow((c) => report(c)) },
  {
    channel: 'thrown object',
    by: 'person',
    act: withWindow((c) => report({ [c]: c, message: c, toString: () => c })),
  },
  {
    channel: 'console.error',
    by: 'person',
    act: withWindow((c) => console.error(c, { c }, new Error(c))),
  },
  {
    channel: 'stack',
    by: 'person',
    act: withWindow((c) =>
      report(
        Object.assign(new Error('x'), {
          stack: `Error: ${c}\n    at ${c} (http://${c}/${c}.js:1:1)\n    at ${location.origin}/${c}?q=${c}:1:2`,
        }),
      ),
    ),
  },
  {
    channel: 'function named by a computed key',
    by: 'person',
    act: withWindow((c) => computed(c)),
  },
  {
    channel: 'name of an error',
    by: 'person',
    act: withWindow((c) => report(Object.assign(new Error('x'), { name: c }))),
  },
  {
    channel: 'class of an error',
    by: 'person',
    act: withWindow((c) => report(new { [c]: class extends Error {} }[c]!('x'))),
  },
  {
    channel: 'cause',
    by: 'person',
    act: withWindow((c) => report(new Error('x', { cause: new TypeError(c, { cause: c }) }))),
  },
  {
    channel: 'errors of an aggregate',
    by: 'person',
    act: withWindow((c) => report(new AggregateError([new Error(c)], c))),
  },
  {
    channel: 'dd_context',
    by: 'person',
    act: withWindow((c) =>
      report(Object.assign(new Error('x'), { dd_context: { [c]: c, team: c }, dd_fingerprint: c })),
    ),
  },
  ...(
    [
      ['JSON.parse', (c: string) => JSON.parse(c)],
      ['BigInt', (c: string) => BigInt(c)],
      ['querySelector', (c: string) => document.querySelector(`${c}[`)],
      ['RegExp', (c: string) => new RegExp(`${c}(`)],
      ['structuredClone', (c: string) => structuredClone({ [c]: new Function(`return '${c}'`) })],
      ['property of undefined', (c: string) => (undefined as never as Record<string, object>)[c]!],
      ['a missing function', (c: string) => new Function(`${c}()`)()],
      ['new URL', (c: string) => new URL(c)],
      ['setAttribute', (c: string) => document.body.setAttribute(`${c} `, '')],
    ] as const
  ).map(([what, act]): Channel => ({
    channel: `V8's message of ${what}`,
    by: 'person',
    act: (page, c) =>
      page.evaluate(
        ([source, canary]) => {
          try {
            ;(new Function(`return (${source})`)() as (of: string) => unknown)(canary)
          } catch (error) {
            report(error)
          }
        },
        [act.toString(), c] as const,
      ),
  })),
  {
    channel: 'address that a policy blocks',
    by: 'person',
    act: withWindow((c) => {
      const meta = document.createElement('meta')
      meta.httpEquiv = 'Content-Security-Policy'
      meta.content = 'media-src http://127.0.0.1:1'
      document.head.append(meta)
      new Audio(`/avatars/${c}`).load()
    }),
  },
]
