/**
 * A double-quoted PromQL string, which takes Go's escapes. `$` and `[[` become escapes as well, or Grafana would take a label's
 * value for one of its variables; so do U+FFFD, which PromQL refuses where it stands bare, and what stands for a label in alerts.
 */
export const quoted = (value: string): string => (plain.test(value) ? `"${value}"` : escaped(value))

// Most values: thousands of rules and tests hold little else.
const plain = /^[ !#%-Z\]-~]*$/

const escaped = (value: string): string =>
  JSON.stringify(value.toWellFormed())
    .replaceAll('$', String.raw`\x24`)
    .replaceAll(/\[(?=\[)/g, String.raw`\x5b`)
    .replaceAll('\uFFFD', String.raw`\ufffd`)
    .replaceAll('\uE000', String.raw`\ue000`)
