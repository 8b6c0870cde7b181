/**
 * An address as it was given, which ends in a slash: without it the last part of a sub-path would be cut off.
 * @param option what it was given by, such as `--ruler`
 * @param instead where a name and a password belong
 * @throws Error that does not quote it, before it is known to hold no password
 */
export const serverUrl = (given: string, option: string, instead: string): URL => {
  const url = URL.parse(given)
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Error(`${option} is not an http or https URL. Give it as http://localhost:9009.`)
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new Error(`${option} holds a name, a password or a query. Move secrets to ${instead}.`)
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}
