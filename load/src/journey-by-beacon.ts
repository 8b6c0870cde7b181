import { answersOf, type JourneyPlan, type JourneyResult, journeySteps } from './journey-plan.ts'

type Event = Readonly<Record<string, string | number>>

const timeoutMilliseconds = 10_000

/**
 * A journey without a browser: the same requests to the API, and the beacons that the pages would send.
 * It takes as long as the service does; how long a person would have taken is told and not waited for.
 */
export const journeyByBeacon = async (
  baseUrl: string,
  plan: JourneyPlan,
  signal: AbortSignal,
): Promise<JourneyResult> => {
  const visitor = createVisitor(baseUrl, signal)
  const events: Event[] = [session, ...vitals('/signup/account')]
  const answers = answersOf(plan)
  let failures = 0
  let completed = true

  for (const step of journeySteps) {
    await visitor.send('GET', '/api/signup')
    events.push(told('self-signup', step, 'entered'))
    if (step === plan.leavesAt) {
      completed = false
      break
    }
    let sent =
      plan.failsAt !== step && (await visitor.send('POST', `/api/signup/${step}`, answers[step]))
    if (!sent) {
      failures += 1
      events.push(told('self-signup', step, 'failed'), ...growthsError(failures))
      sent = plan.triesAgain && (await visitor.send('POST', `/api/signup/${step}`, answers[step]))
    }
    if (!sent) {
      completed = false
      break
    }
    events.push({ ...told('self-signup', step, 'completed'), seconds: plan.seconds[step] })
  }
  await visitor.beacon('signup-web', events)
  if (completed) await firstSession(visitor, plan)
  return { completed, failures }
}

const firstSession = async (visitor: Visitor, plan: JourneyPlan): Promise<void> => {
  const page = '/product/documents'
  const events: Event[] = [session, ...vitals(page), told('first-session', 'documents', 'entered')]
  await visitor.send('GET', '/api/account')
  const shown = !plan.documentsFail && (await visitor.send('GET', '/api/documents/'))
  if (shown) {
    events.push({ ...told('first-session', 'documents', 'completed'), seconds: 0.4 })
    await visitor.send('POST', '/api/account/welcomed', {})
  } else {
    events.push(told('first-session', 'documents', 'failed'), ...errorOf('platform', 'documents'))
  }
  if (plan.passwordChange !== 'none') {
    const { password } = answersOf(plan).password
    const sent =
      plan.passwordChange === 'sent' &&
      (await visitor.send('PUT', '/api/account/password', {
        current: password,
        password: `${password} again`,
      }))
    if (!sent) events.push(...errorOf('identity', 'password-field'))
  }
  await visitor.beacon('product-web', events)
}

const session: Event = { type: 'session' }

const told = (journey: string, step: string, event: string): Event => ({
  type: 'step',
  journey,
  step,
  event,
})

const errorOf = (owner: string, feature: string): Event[] =>
  ['error', 'error-session'].map((type) => ({ type, owner, feature, source: 'reported' }))

/** A session is hit once, however many errors it has. */
const growthsError = (failures: number): Event[] =>
  errorOf('growth', 'self-signup').slice(0, failures === 1 ? 2 : 1)

/** As of a local machine: seconds, and for CLS a score. */
const vitals = (page: string): Event[] => {
  const about = (value: number) => Number((value * (0.6 + 0.8 * Math.random())).toFixed(3))
  const values = { TTFB: 0.05, FCP: 0.3, LCP: 0.45, INP: 0.06, CLS: 0.01 }
  return Object.entries(values).map(([name, value]) => ({
    type: 'vital',
    name,
    page,
    value: about(value),
  }))
}

interface Visitor {
  /** Whether the service took it. */
  send(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<boolean>
  beacon(app: string, events: readonly Event[]): Promise<void>
}

/** Keeps its cookies, as a browser does. */
const createVisitor = (baseUrl: string, signal: AbortSignal): Visitor => {
  const cookies = new Map<string, string>()

  const send: Visitor['send'] = async (method, path, body) => {
    const response = await fetch(baseUrl + path, {
      method,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
      headers: {
        cookie: Array.from(cookies, (pair) => pair.join('=')).join('; '),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    await response.arrayBuffer()
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (name !== undefined && value !== undefined) cookies.set(name, value)
    }
    return response.ok
  }

  const beacon: Visitor['beacon'] = async (app, events) => {
    const counted = events.map((event) => ({ ...event, count: 1 }))
    await fetch(`${baseUrl}/cx/beacon`, {
      method: 'POST',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
      headers: { 'content-type': 'text/plain', origin: baseUrl },
      body: JSON.stringify({ v: 1, app, events: counted }),
    })
  }
  return { send, beacon }
}
