/**
 * A link from one dashboard to another goes on refreshing as before, and in the theme of the address, unless it says otherwise;
 * what else is kept is for the link itself to say.
 */
export function withKeptParameters(target: string, currentSearch: string): string {
  const [path = '', search = ''] = target.split('?', 2)
  const current = new URLSearchParams(currentSearch)
  const parameters = new URLSearchParams(search)
  for (const name of ['refresh', 'theme']) {
    const value = current.get(name)
    if (value !== null && !parameters.has(name)) parameters.set(name, value)
  }
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}
