/**
 * Free text of the catalog for a name or a message, with nothing in it that Datadog would take for its own: `{{` begins a variable,
 * and an `@` in a message tells whoever is called so (https://docs.datadoghq.com/monitors/notify).
 */
export const plainText = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/\{(?=\{)/g, '{\u200B')
    .replaceAll('@', '@\u200B')

/** An address for a link in a message, of which the same is true. */
export const plainUrl = (url: string): string =>
  url.replaceAll(/[@{}()\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** A link in a message or a note; none where there is nothing to lead to. */
export const linkTo = (text: string, url: string | undefined): readonly string[] =>
  url === undefined ? [] : [`[${plainText(text)}](${plainUrl(url)})`]
