import { type Journey, stepActions } from 'cx-definition'

/** `signup` keeps declared texts legible; `internal` shows no text at all. */
export type Preset = 'signup' | 'internal'

/** What an app declares to be the same for everybody. A plain object, shared by browser and intake. */
export interface Statics {
  /** What pages show: labels, headings, buttons. */
  readonly texts: readonly string[]
  /** Ids, classes, test ids, names of actions, forms, components, functions, error classes, custom elements, CSS names. */
  readonly names: readonly string[]
  /** Of the catalog: each event of their steps is an action in Datadog. */
  readonly journeys?: readonly Pick<Journey, 'name' | 'steps'>[]
  /** Of errors that the app itself throws. */
  readonly messages?: readonly string[]
  /** Route templates of pages, such as `/signup/account`. */
  readonly pages: readonly string[]
  /** Route templates of the API and of assets, such as `/api/documents/:documentId` or `/assets/*`. */
  readonly routes: readonly string[]
  /** Of the app, such as `https://signup.example.com`; any other shows as `https://page.invalid`. */
  readonly origins?: readonly string[]
}

/** The same, made for looking up. */
export interface StaticSets {
  readonly texts: ReadonlySet<string>
  readonly names: ReadonlySet<string>
  readonly messages: ReadonlySet<string>
  readonly origins: ReadonlySet<string>
  readonly templates: readonly RouteTemplate[]
}

export interface RouteTemplate {
  readonly template: string
  readonly segments: readonly string[]
  readonly kind: 'page' | 'route'
}

const known = new WeakMap<Statics, StaticSets>()

export const setsOf = (statics: Statics): StaticSets => {
  const sets = known.get(statics) ?? makeSets(statics)
  known.set(statics, sets)
  return sets
}

const makeSets = ({
  journeys = [],
  messages = [],
  names,
  origins = [],
  pages,
  routes,
  texts,
}: Statics) => ({
  texts: new Set(texts.map(oneLine)),
  names: new Set([...names, ...journeys.flatMap(stepActions)]),
  messages: new Set(messages),
  origins: new Set(origins),
  templates: [
    ...pages.map((template) => routeTemplate(template, 'page')),
    ...routes.map((template) => routeTemplate(template, 'route')),
    // A page at /signup/new must not become /signup/:id, in whichever order they are declared.
  ].toSorted((a, b) => variables(a) - variables(b)),
})

const routeTemplate = (template: string, kind: RouteTemplate['kind']): RouteTemplate => ({
  template,
  segments: pathSegments(template),
  kind,
})

export const pathSegments = (path: string): string[] => path.split('/').filter(Boolean)

const variables = ({ segments }: RouteTemplate): number =>
  segments.filter((segment) => segment.startsWith(':')).length +
  (segments.at(-1) === '*' ? 1000 : 0)

/** Spaces as a browser shows them, since markup breaks lines where it likes. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Under `internal` no text is static, not even a label. */
export const staticsOf = (statics: Statics, preset: Preset): Statics =>
  preset === 'internal' ? { ...statics, texts: [] } : statics
