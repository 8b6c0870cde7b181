import type { Owner } from './owner.ts'

/** A web page or app in the browser. Light enough for its own bundle. */
export interface WebApp<Name extends string = string, Page extends string = string> {
  readonly name: Name
  readonly title: string
  readonly owner: Owner
  readonly pages: readonly Page[]
}

export interface WebAppOptions<Page extends string = string> {
  readonly owner: Owner
  readonly title?: string
  /** Route templates, as the app's router writes them: the only values of the label `page`. */
  readonly pages: readonly Page[]
}

/** Its name and its pages become labels; the title is its name where none is given. */
export const webApp = <const Name extends string, const Page extends string>(
  name: Name,
  { owner, title = name, pages }: WebAppOptions<Page>,
): WebApp<Name, Page> => ({ name, title, owner, pages })
