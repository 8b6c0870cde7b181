// No dashboard of anybody has this range, so it tells where Grafana would put its own.
export const rateInterval = '11277964s'

const values: Readonly<Record<string, string>> = {
  __rate_interval: rateInterval,
  __interval: '60s',
  __range: '3600s',
  __interval_ms: '60000',
  __range_s: '3600',
  __range_ms: '3600000',
  __from: '1294671549254',
  __to: '1294671549254',
}

// A string, in which a variable is text; or a variable in one of its three forms, and what stands before it.
const token =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|(?<before>[[:]|\boffset\s+)?(?:\$(?<plain>\w+)|\$\{(?<braced>\w+)[^}]*\}|\[\[(?<old>\w+)[^\]]*\]\])/g

/** A query with something that parses in place of each variable of Grafana, outside of strings. */
export const expandVariables = (query: string): string =>
  query.replaceAll(token, (whole, ...rest) => {
    const { before = '', braced, old, plain } = rest.at(-1) as Record<string, string | undefined>
    const name = plain ?? braced ?? old
    if (name === undefined) return whole
    // Any other stands for a duration where only one can, and for a name elsewhere.
    return before + (values[name] ?? (before ? '60s' : `variable_${name}`))
  })
