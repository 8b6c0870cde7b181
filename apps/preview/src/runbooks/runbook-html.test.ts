import { expect, test } from 'vitest'
import { runbookHtml } from './runbook-html.ts'

test('Marks of the build are not shown, and HTML that somebody wrote does nothing.', () => {
  const html = runbookHtml(
    '<!-- begin -->\n# Why\n<!-- end -->\n\n## Notes\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[Click](javascript:alert(1))\n',
  )
  expect(html).toContain('<h1>Why</h1>')
  expect(html).toContain('<h2>Notes</h2>')
  expect(html).not.toMatch(/begin|end -->|<script|onerror|javascript/)
})

test('Links to other runbooks lead there, in the build’s way of writing and in the usual one.', () => {
  const html = runbookHtml(
    '[A](<a-burn.md>) [B](b.md) [Up](<../c.md>) [Web](https://example.com/d.md)',
  )
  expect(html.match(/href="[^"]*"/g)).toEqual([
    'href="./a-burn.md"',
    'href="./b.md"',
    'href="../c.md"',
    'href="https://example.com/d.md"',
  ])
})

test('Each query is a click from being run, also one in a list and one with backticks in it.', () => {
  const query = 'sum by (a) (x{b="<&>", c=`d`}) > 0.5'
  const html = runbookHtml(
    `\`\`\`promql\nup\n\`\`\`\n\n1. Look\n\n   \`\`\`\`promql\n   ${query}\n   \`\`\`\`\n\n2. Silence\n\n\`\`\`sh\namtool\n\`\`\`\n`,
  )
  const links = [...html.matchAll(/<a href="\/query\?([^"]+)">Run it<\/a>/g)]
  const queries = links.map(([, search]) => new URLSearchParams(search).get('expr'))
  expect(queries).toEqual(['up', query])
  // Still one list: what is between its items belongs to the first.
  expect(html.match(/<ol/g)).toHaveLength(1)
})
