/** One team. How it is reached (receivers, handles) is declared apart, so that no web bundle carries it. */
export interface Owner<Name extends string = string> {
  readonly name: Name
  readonly title: string
}

/** Its name becomes a label; the title is its name where none is given. */
export const owner = <const Name extends string>(
  name: Name,
  { title = name }: { readonly title?: string } = {},
): Owner<Name> => ({ name, title })
