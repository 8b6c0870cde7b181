import { DatadogError } from './datadog-error.ts'
import { rateLimit } from './datadog-pace.ts'
import type { DatadogAnswer } from './datadog-request.ts'
import { listOf, recordOf, textOf } from './json-record.ts'
import { retryAfterMilliseconds } from './retry.ts'

/**
 * What an answer means, where that does not depend on what was asked.
 * @throws {DatadogError}
 */
export const datadogAnswer = (
  what: string,
  { headers, status }: Response,
  text: string,
): DatadogAnswer => {
  const json = parsed(text)
  const said = saidIn(json)
  const because = said === '' ? '' : ` (${said})`
  if (status >= 300 && status < 400) {
    throw new DatadogError(`${what}: it redirects. Is DD_API_URL right?`, 'nothing')
  }
  // A monitor that others refer to is not deleted with this status either: DataDog/terraform-provider-datadog#439.
  if (status === 401 && !/referenced/i.test(said)) {
    throw new DatadogError(
      `${what}: Datadog does not know the keys${because}. Give DD_API_KEY and DD_APP_KEY of this site.`,
      'nothing',
    )
  }
  if (status === 403) {
    throw new DatadogError(
      `${what}: the keys may not do that${because}. Are they of this site, and has the application key the scope for it?`,
      'refused',
    )
  }
  if (status === 429) throw heldBack(what, headers)
  if (status === 408 || status >= 500) {
    throw new DatadogError(`${what}: Datadog answered ${status}${because}`, 'later', {
      retryAfter: retryAfterMilliseconds(headers.get('retry-after'), Date.now()),
    })
  }
  if (json === undefined && status !== 413 && text !== '') {
    throw new DatadogError(
      `${what}: it answers with something other than JSON. Is DD_API_URL that of Datadog's API?`,
      'nothing',
    )
  }
  return { status, json, said }
}

const heldBack = (what: string, headers: Headers): DatadogError => {
  const { limit, name, period, reset } = rateLimit(headers)
  const allowed =
    limit === undefined || period === undefined ? '' : `, which is ${limit} in ${period} s`
  const which = name === undefined ? '' : ` of ${name}`
  const next = reset === undefined ? '' : `; the next may come in ${reset} s`
  return new DatadogError(
    `${what}: more than Datadog's limit${which} allows${allowed}${next}.`,
    'later',
    {
      retryAfter:
        reset === undefined
          ? retryAfterMilliseconds(headers.get('retry-after'), Date.now())
          : reset * 1000,
      wasHeldBack: true,
    },
  )
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `{"errors": ["…"]}`, or `{"error": "…"}`, on one line. */
const saidIn = (json: unknown): string => {
  const { error, errors } = recordOf(json)
  const all = [...listOf(errors), error].flatMap((each) => textOf(each) ?? [])
  return all
    .join('; ')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, 300)
}
