/** A term of a search in RUM, such as `@context.team:growth`, in the syntax of https://docs.datadoghq.com/real_user_monitoring/explorer/search_syntax. */
export const rumTerm = (facet: string, ...values: readonly string[]): string => {
  const [first = ''] = values
  return values.length === 1
    ? `${facet}:${searched(first)}`
    : `${facet}:(${values.map(searched).join(' OR ')})`
}

/** All of them. */
export const rumSearch = (...terms: readonly string[]): string => terms.join(' ')

// A bare word holds nothing that the search could take for its own; whatever else stands in quotes, where only these two need an escape.
const searched = (value: string): string =>
  /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(value) && !/^(?:AND|OR|NOT|TO)$/.test(value)
    ? value
    : `"${value.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll(/["\\]/g, String.raw`\$&`)}"`

/** A search within the quotes of a monitor's query, such as `rum("…")`. */
export const quotedSearch = (search: string): string =>
  `"${search.replaceAll(/["\\]/g, String.raw`\$&`)}"`
