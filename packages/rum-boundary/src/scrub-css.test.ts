import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scrubMedia, scrubSheet, scrubStyle, withheldRule } from './scrub-css.ts'
import type { Statics } from './scrub-statics.ts'

const statics: Statics = {
  texts: ['Next'],
  names: ['card', 'md:flex', '--accent', 'spin', 'Inter', 'base', 'x-field'],
  pages: [],
  routes: [],
}

const sheet = (css: string): string => {
  const work = scrubSheet(css, statics)
  for (;;) {
    const { done, value } = work.next()
    if (done) return value.css
  }
}

describe('sheets', () => {
  test.for([
    '.card{color:red}',
    '.md\\:flex{display:flex}',
    'x-field>p:nth-child(2n+1)::before{content:"Next"}',
    '@media (min-width:600px) and (orientation:portrait){.card:hover{inset:0}}',
    '@layer base{.card{margin:0 auto}}',
    '@supports (display:grid){.card{display:grid}}',
    '@keyframes spin{from{opacity:0}50%{opacity:.5}to{opacity:1}}',
    ':root{--accent:#c0ffee;color-scheme:light dark}',
    '.card{color:var(--accent);width:calc(100% - 2px);animation:spin 1s linear infinite}',
    '.card{font-family:Inter,sans-serif;transition:color .2s ease-in,top 1s}',
    '.card{& p{color:rgb(1 2 3/50%)}}',
    'input[type="submit"]:not(:disabled){cursor:pointer}',
  ])('what is the language’s or declared stays: %s', (css) => {
    expect(sheet(css)).toBe(css)
  })

  test.for([
    '.jane{top:0}',
    '#jane{top:0}',
    'jane{top:0}',
    'jane|p{top:0}',
    '\\6a ane{top:0}',
    '[jane]{top:0}',
    '[class~=jane]{top:0}',
    '[data-user="jane"]{top:0}',
    'p:jane{top:0}',
    'p::jane{top:0}',
    'p::part(jane){top:0}',
    'p::highlight(jane){top:0}',
    'p:lang(jane){top:0}',
    'p:dir(jane){top:0}',
    'p:is(.card,.jane){top:0}',
    'p:has(> .jane){top:0}',
    'p:nth-child(49151234567n+1){top:0}',
    'p:nth-child(2n + 1 of .jane){top:0}',
    ':host(.jane){top:0}',
    '@media jane{p{top:0}}',
    '@media not jane{p{top:0}}',
    '@media (jane:1px){p{top:0}}',
    '@media screen and (min-width:jane){p{top:0}}',
    '@media (width > 49151234567px){p{top:0}}',
    '@supports (jane:1){p{top:0}}',
    '@supports selector(.jane){p{top:0}}',
    '@supports font-tech(jane){p{top:0}}',
    '@layer jane{p{top:0}}',
    '@container jane (min-width:1px){p{top:0}}',
    '@container style(--jane){p{top:0}}',
    '@keyframes jane{from{top:0}}',
    '@font-face{font-family:jane;src:url(jane)}',
    '@font-face{src:local(jane)}',
    '@property --jane{syntax:"*";inherits:false}',
    '@import url(jane.css);',
    '@namespace jane url(jane);',
    '@charset "jane";',
    '@page jane{margin:0}',
    '@counter-style jane{system:fixed}',
    '@scope (.jane){p{top:0}}',
    '@jane jane{p{top:0}}',
    '@jane jane;',
  ])('a rule with another name gives way to one that keeps its place: %s', (css) => {
    expect(sheet(css)).toBe(withheldRule)
  })

  test('of a list of selectors the known ones stay, and rules keep their order', () => {
    expect(sheet('.jane{top:0} .card,.jane{top:0} p{top:0}')).toBe(
      `${withheldRule}.card{top:0}p{top:0}`,
    )
  })

  test('comments go', () => {
    expect(sheet('p/*jane*/{top:0/*jane*/}@media screen/*jane*/{p{top:0}}')).not.toContain('jane')
  })

  test('what cannot be read goes', () => {
    expect(sheet('}}}jane{{{')).not.toContain('jane')
    expect(sheet('<!-- jane -->')).not.toContain('jane')
  })

  test('a sheet without end is left out', () => {
    expect(sheet('p{top:0}'.repeat(50_000))).toBe('')
  })
})

describe('styles', () => {
  test.for([
    'top:jane',
    'top:0!jane',
    'jane:1',
    '*top:1',
    '-webkit-jane:1',
    '--jane:1',
    '--accent:jane',
    '--accent:"jane"',
    '--accent:{jane}',
    'color:var(--jane)',
    'color:var(--accent,jane)',
    'color:#49151234567',
    'width:1jane',
    'width:jane(1px)',
    'width:env(jane)',
    'width:attr(jane px)',
    'width:49151234567px',
    'width:calc(1px * 49151234567)',
    'z-index:4915112345',
    'aspect-ratio:49151234567/1',
    'content:"jane"',
    'content:attr(jane)',
    'quotes:"jane" "x"',
    'background:url(jane)',
    'background:url("/jane?q=jane")',
    'background:image-set("jane" 1x)',
    'filter:url(#jane)',
    'cursor:url(jane),auto',
    'clip-path:path("M49151234567")',
    'offset-path:path("jane")',
    'font-family:jane',
    'font:12px jane',
    'font-feature-settings:"jane"',
    'font-variation-settings:"jane" 1',
    'animation:jane 1s',
    'counter-reset:jane',
    'grid-area:jane',
    'grid-template-areas:"jane"',
    'grid-template-columns:[jane] 1fr',
    'will-change:jane',
    'view-transition-name:jane',
    'transform:matrix(491512345,0,0,1,0,0)',
    'behavior:jane',
    'filter:progid:jane(x)',
    'src:local(jane)',
    'unicode-range:U+26',
    'jane',
    '/*jane*/',
  ])('%s goes', (style) => {
    expect(scrubStyle(`color:red;${style}`, statics).css).toBe('color:red')
    expect(scrubStyle(`${style};color:red`, statics).css.replace('color:red', '')).toBe('')
  })

  test('what was left out is said', () => {
    expect(scrubStyle('--jane:1;width:37%', statics)).toEqual({
      css: 'width:37%',
      withheld: ['--jane: 1'],
    })
  })
})

test('the media of a sheet are kept where they are known', () => {
  expect(scrubMedia('print', statics)).toBe('print')
  expect(scrubMedia('(min-width: 600px)', statics)).toBe('(min-width:600px)')
  expect(scrubMedia('jane', statics)).toBe('all')
})

test('no word survives wherever it stands', () => {
  const word = fc.constantFrom(
    'kanari',
    '.kanari',
    '#kanari',
    '--kanari',
    '"kanari"',
    'url(kanari)',
    '[kanari]',
    ':kanari',
  )
  const piece = fc.oneof(
    word,
    word,
    fc.constantFrom(
      '{',
      '}',
      ';',
      ':',
      ',',
      '(',
      ')',
      '@media ',
      '@layer ',
      '@supports ',
      '@keyframes ',
      '@',
      ' ',
    ),
    fc.constantFrom(
      '.card',
      'p',
      'color',
      'red',
      'var(',
      '--accent',
      'calc(',
      '1px',
      '!important',
      '/*',
      '*/',
      '\\',
      '&',
    ),
    fc.constantFrom(
      'content',
      'font-family',
      'grid-area',
      ':is(',
      ':not(',
      '::before',
      '"',
      "'",
      '>',
      '|',
      '%',
      '!',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const css = pieces.join('')
      expect(sheet(css)).not.toMatch(/kanari/)
      expect(scrubStyle(css, statics).css).not.toMatch(/kanari/)
      expect(scrubMedia(css, statics)).not.toMatch(/kanari/)
    }),
    { numRuns: 1000 },
  )
})
