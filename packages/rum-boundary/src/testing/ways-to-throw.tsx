import { feature, owner } from 'cx-definition'
import { Component, lazy, type ReactNode, StrictMode, Suspense, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { OwnerBoundary } from '../owner-boundary.ts'
import { reportError } from '../report-error.ts'
import { rootHandlers } from '../root-handlers.ts'
import { useOwner } from '../use-owner.ts'
import { withOwner } from '../with-owner.ts'

export const growth = owner('growth')
export const identity = owner('identity')
export const signup = feature('signup', { owner: growth })
export const passwordField = feature('password-field', { owner: identity })

export const message = 'it broke'

const fail = (): never => {
  throw new Error(message)
}

/** Growth's page, and in it the field of another team. */
const Page = ({ children }: { readonly children: ReactNode }) => (
  <OwnerBoundary owner={growth} feature={signup} name="page">
    <OwnerBoundary owner={identity} feature={passwordField} name="field">
      {children}
    </OwnerBoundary>
  </OwnerBoundary>
)

const Throws = ({ what }: { readonly what: () => unknown }) => {
  throw what()
}

/** Another library's. */
class OtherBoundary extends Component<
  { readonly children: ReactNode; readonly onError?: (error: unknown) => void },
  { readonly failed: boolean }
> {
  static getDerivedStateFromError = () => ({ failed: true })
  override state = { failed: false }
  override componentDidCatch(error: unknown): void {
    this.props.onError?.(error)
  }
  override render(): ReactNode {
    return this.state.failed ? 'other' : this.props.children
  }
}

const Reporting = ({ children }: { readonly children: ReactNode }) => (
  <OtherBoundary onError={useOwner().report}>{children}</OtherBoundary>
)

const InEffect = ({ work }: { readonly work: () => void }) => {
  useEffect(work, [work])
  return null
}

/** A button that is pressed at once, as a person would. */
const Button = ({
  press,
  wrapped = false,
}: {
  readonly press: () => unknown
  readonly wrapped?: boolean
}) => {
  const { wrap } = useOwner()
  useEffect(() => {
    setTimeout(() => document.querySelector('button')!.click())
  }, [])
  return <button onClick={wrapped ? wrap(press) : press}>Press</button>
}

/** As routers do: they catch what a loader throws, and show another element, which is told the error. */
const RouteError = ({ error }: { readonly error: unknown }) => {
  const { report } = useOwner()
  useEffect(() => report(error), [error, report])
  return null
}

const Chunk = lazy(async () => {
  const missing = '/missing.js'
  return (await import(/* @vite-ignore */ missing)) as { default: () => null }
})

const lateFailure = { promise: undefined as Promise<never> | undefined, failed: false }
const Suspends = () => {
  if (lateFailure.failed) fail()
  throw (lateFailure.promise ??= new Promise<never>((_resolve, reject) => {
    setTimeout(() => {
      lateFailure.failed = true
      reject(new Error(message))
    }, 20)
  }))
}

const rootElement = () => document.querySelector('#root')!
const show = (children: ReactNode) => {
  createRoot(rootElement(), rootHandlers()).render(<Page>{children}</Page>)
}
const showBare = (children: ReactNode) => {
  createRoot(rootElement(), rootHandlers()).render(children)
}
const throwing = (what: () => unknown) => () => show(<Throws what={what} />)

/** React itself breaks on one that throws at every touch. */
const evilProxy = () =>
  new Proxy(new Error(message), {
    get: (error, key) =>
      ['name', 'message', 'stack', 'cause', 'toString'].includes(String(key))
        ? fail()
        : Reflect.get(error, key),
    getPrototypeOf: fail,
    ownKeys: fail,
  })

const inner = 'identity password-field boundary'
const innerReported = 'identity password-field reported'

interface WayToThrow {
  readonly expected: string
  /** Where the older one's builds differ: empty for what it tells nobody. */
  readonly react18?: { readonly production: string; readonly development: string }
  /** One, where it is left out. */
  readonly errors?: number
  readonly throws: () => void
}

/** Each way to throw, and who must be told of it: owner, feature and source. */
export const waysToThrow: Record<string, WayToThrow> = {
  'in render': { expected: inner, throws: throwing(() => new Error(message)) },
  'in an effect': { expected: inner, throws: () => show(<InEffect work={fail} />) },
  'in render, under StrictMode': {
    expected: inner,
    throws: () =>
      show(
        <StrictMode>
          <Throws what={() => new Error(message)} />
        </StrictMode>,
      ),
  },
  'in a portal': {
    expected: inner,
    throws: () => show(createPortal(<Throws what={() => new Error(message)} />, document.body)),
  },
  'a chunk that does not load': {
    expected: inner,
    throws: () =>
      show(
        <Suspense fallback="…">
          <Chunk />
        </Suspense>,
      ),
  },
  'what Suspense waited for': {
    expected: inner,
    throws: () =>
      show(
        <Suspense fallback="…">
          <Suspends />
        </Suspense>,
      ),
  },
  'a string': { expected: inner, throws: throwing(() => 'a string') },
  null: { expected: inner, throws: throwing(() => null) },
  undefined: { expected: inner, throws: throwing(() => undefined) },
  'a frozen error': { expected: inner, throws: throwing(() => Object.freeze(new Error(message))) },
  'a proxy that throws when it is read': { expected: inner, throws: throwing(evilProxy) },
  'a Response': { expected: inner, throws: throwing(() => new Response(null, { status: 500 })) },
  'in render, and then in the fallback': {
    expected: 'growth signup boundary',
    errors: 2,
    throws: () =>
      showBare(
        <OwnerBoundary owner={growth} feature={signup} fallback={fail}>
          <Throws what={() => new Error(message)} />
        </OwnerBoundary>,
      ),
  },
  'another library’s boundary inside of ours': {
    expected: inner,
    react18: { production: '', development: 'unowned none error' },
    throws: () =>
      show(
        <OtherBoundary>
          <Throws what={() => new Error(message)} />
        </OtherBoundary>,
      ),
  },
  'the same, with onError={useOwner().report}': {
    expected: inner,
    react18: { production: innerReported, development: innerReported },
    throws: () =>
      show(
        <Reporting>
          <Throws what={() => new Error(message)} />
        </Reporting>,
      ),
  },
  'in render, without any boundary': {
    expected: 'unowned none error',
    throws: () => showBare(<Throws what={() => new Error(message)} />),
  },
  'a hydration mismatch': {
    expected: 'unowned none error',
    throws: () => {
      rootElement().innerHTML = '<p>from the server</p>'
      hydrateRoot(
        rootElement(),
        <Page>
          <em>from the browser</em>
        </Page>,
        rootHandlers(),
      )
    },
  },
  'in an event handler': {
    expected: 'unowned none error',
    throws: () => show(<Button press={fail} />),
  },
  'in an event handler with useOwner().wrap': {
    expected: innerReported,
    throws: () => show(<Button press={fail} wrapped />),
  },
  'in an async event handler': {
    expected: 'unowned none rejection',
    throws: () => show(<Button press={async () => fail()} />),
  },
  'in an async event handler with useOwner().wrap': {
    expected: innerReported,
    throws: () => show(<Button press={async () => fail()} wrapped />),
  },
  'a string, in an async event handler with useOwner().wrap': {
    expected: innerReported,
    throws: () => show(<Button press={async () => Promise.reject('a string')} wrapped />),
  },
  'in a timer': {
    expected: 'unowned none error',
    throws: () => void setTimeout(fail),
  },
  'in a timer with withOwner()': {
    expected: 'growth signup reported',
    throws: () => void setTimeout(withOwner({ owner: growth, feature: signup }, fail)),
  },
  'in a route’s loader with withOwner(), shown under another owner': {
    expected: 'growth signup reported',
    throws: () => {
      const load = withOwner({ owner: growth, feature: signup }, async () => fail())
      load().catch((error: unknown) => show(<RouteError error={error} />))
    },
  },
  'in a route’s loader, shown by an element that reports': {
    expected: innerReported,
    throws: () => {
      const load = async () => fail()
      load().catch((error: unknown) => show(<RouteError error={error} />))
    },
  },
  'caught, and told to reportError()': {
    expected: 'growth signup reported',
    throws: () => reportError(new Error(message), { owner: growth, feature: signup }),
  },
  'a rejection that nobody handles': {
    expected: 'unowned none rejection',
    throws: () => void Promise.reject(new Error(message)),
  },
  'in another site’s script': {
    expected: 'unowned none error',
    throws: () => {
      const script = document.createElement('script')
      const { port } = location
      script.src = `http://localhost:${port}/third-party.js`
      document.body.append(script)
    },
  },
}
