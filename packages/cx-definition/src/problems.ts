import type { Problem } from './definition-error.ts'
import type { Duration } from './duration.ts'
import { type HttpMethod, httpMethods, type OperationFilter } from './operation.ts'
import type { Percent } from './percent.ts'

const namePattern = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/

/** Names become labels, file names and parts of URLs, so they are narrow. */
export const nameProblems = (path: string, name: string): Problem[] =>
  namePattern.test(name)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${quote(name)} is not a name`,
          remedy:
            'Use 1 to 64 lower-case letters, digits and inner hyphens; free text goes into the title',
        },
      ]

/** @param field what the name is called in an item, such as `.name`; nothing where the item is the name */
export const duplicateProblems = (
  path: string,
  names: readonly string[],
  field = '',
): Problem[] => {
  const first = new Map<string, number>()
  return names.flatMap((name, index) => {
    const earlier = first.get(name)
    if (earlier === undefined) {
      first.set(name, index)
      return []
    }
    const message = `${quote(name)} is already the name of ${path}[${earlier}]`
    return [
      {
        code: 'CX_ERR_DUPLICATE_NAME' as const,
        path: `${path}[${index}]${field}`,
        message,
        remedy: 'Rename one of the two',
      },
    ]
  })
}

const unknownCodes = {
  apps: 'CX_ERR_UNKNOWN_APP',
  features: 'CX_ERR_UNKNOWN_FEATURE',
  journeys: 'CX_ERR_UNKNOWN_JOURNEY',
  owners: 'CX_ERR_UNKNOWN_OWNER',
} as const

type List = keyof typeof unknownCodes

/** The catalog must hold what is referred to, not only something of the same name. */
export const referenceProblems = <Item extends { readonly name: string }>(
  path: string,
  item: Item,
  list: List,
  known: readonly Item[],
): Problem[] => {
  if (known.includes(item)) return []
  const problem = unknownProblem(path, item.name, list, known)
  if (!known.some(({ name }) => name === item.name)) return [problem]
  const message = `${quote(item.name)} is another object than the one of that name in ${list}`
  return [{ ...problem, message, remedy: 'Import it from where it is defined, and define it once' }]
}

export const unknownProblem = (
  path: string,
  name: string,
  list: List,
  known: readonly { readonly name: string }[],
): Problem => ({
  code: unknownCodes[list],
  path,
  message: `${quote(name)} is not among the catalog's ${list}`,
  remedy: `Add it to ${list}, or use one of ${known.map((item) => item.name).join(', ') || 'them'}`,
})

/** A rule that holds half a character, or the sign for one, is refused by Prometheus with its whole file. */
export const isWholeText = (text: string): boolean =>
  text.isWellFormed() && !text.includes('\uFFFD')

const textProblems = (path: string, text = ''): Problem[] =>
  isWholeText(text)
    ? []
    : [
        {
          code: 'CX_ERR_NAME',
          path,
          message: `${quote(text)} holds a character that is none`,
          remedy: 'Write it anew; a copy may have been cut within a character',
        },
      ]

/** What no request could match. */
export const operationProblems = (
  path: string,
  { method, route, service }: OperationFilter,
): Problem[] => {
  const found = [
    ...textProblems(`${path}.service`, service),
    ...textProblems(`${path}.route`, route),
  ]
  if (service !== undefined && service.trim() === '') {
    found.push({
      code: 'CX_ERR_EMPTY',
      path: `${path}.service`,
      message: 'the service has no name',
      remedy: 'Give the value of its service.name resource attribute',
    })
  }
  if (method !== undefined && !httpMethods.includes(method as HttpMethod)) {
    found.push({
      code: 'CX_ERR_METHOD',
      path: `${path}.method`,
      message: `${quote(method)} is not an HTTP method`,
      remedy: `Use one of ${httpMethods.join(', ')}`,
    })
  }
  if (route !== undefined && !route.startsWith('/')) {
    found.push({
      code: 'CX_ERR_ROUTE',
      path: `${path}.route`,
      message: `the route ${quote(route)} has no leading slash`,
      remedy: `Write the template as the service's router does, such as ${quote(`/${route}`)}`,
    })
  }
  return found
}

/** A target on a panel may be 100 %; an objective may not, since it would leave no budget. */
export const percentProblems = (
  path: string,
  { ratio }: Percent,
  { below100 = false }: { readonly below100?: boolean } = {},
): Problem[] => {
  const tooHigh = below100 ? ratio >= 1 : ratio > 1
  if (ratio > 0 && !tooHigh) return []
  const most = below100 ? 'below 100 %, or no error budget is left' : 'at most 100 %'
  return [
    {
      code: 'CX_ERR_TARGET',
      path,
      message: `a target of ${Number((ratio * 100).toPrecision(10))} % cannot be met or missed`,
      remedy: `Choose a value above 0 % and ${most}`,
    },
  ]
}

/** A duration is a span of time: positive and finite. */
export const durationProblems = (path: string, { seconds }: Duration): Problem[] =>
  Number.isFinite(seconds) && seconds > 0
    ? []
    : [
        {
          code: 'CX_ERR_DURATION',
          path,
          message: `a duration of ${seconds} s is not a span of time`,
          remedy: 'Give a positive one, such as milliseconds(300)',
        },
      ]

/** An address that a person opens: http or https, and no password in it. */
export const urlProblems = (path: string, address: string): Problem[] =>
  /^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/.test(address)
    ? []
    : [
        {
          code: 'CX_ERR_URL',
          path,
          message: `${quote(address)} is no address to open`,
          remedy: 'Give one that begins with https:// and holds no password',
        },
      ]

/** Quoted for a message: bounded in length, control characters made visible. */
export const quote = (value: string): string => {
  const text = String(value)
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
