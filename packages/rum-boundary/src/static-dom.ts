import { oneLine, type Statics, setsOf } from './scrub-statics.ts'
import { isDeclaredUrl, pageOf, scrubUrl } from './scrub-url.ts'

const words = (text: string): string[] => text.trim().split(/\s+/)

/** https://html.spec.whatwg.org/#elements-3, those that a replay may show. */
const htmlTags = words(`
  a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption center cite code
  col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form
  frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main
  map mark menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s
  samp script search section select slot small source span strike strong style sub summary sup svg table tbody td
  template textarea tfoot th thead time title tr track tt u ul var video wbr`)

const svgTags = words(`
  svg a circle clipPath defs desc ellipse feBlend feColorMatrix feGaussianBlur feOffset filter foreignObject g image
  line linearGradient marker mask path pattern polygon polyline radialGradient rect stop style symbol text textPath
  title tspan use view`)

const knownTags: ReadonlySet<string> = new Set(
  [...htmlTags, ...svgTags].map((tag) => tag.toLowerCase()),
)

/** In the place of an element whose name is not known; it shows as a span does. */
export const withheldTag = 'X-WITHHELD'

export const isKnownTag = (tag: string, statics: Statics): boolean =>
  knownTags.has(tag.toLowerCase()) || setsOf(statics).names.has(tag.toLowerCase())

/** What an attribute's value may be. */
export type AttributeKind =
  | 'name'
  | 'names'
  | 'text'
  | 'number'
  | 'url'
  | 'colour'
  | 'css'
  | 'keyword'

const kinds: Readonly<Record<AttributeKind, string>> = {
  name: `id for name form list headers lang hreflang popovertarget usemap aria-activedescendant aria-errormessage
    data-testid data-test data-test-id data-qa data-qa-id data-cy data-testing data-component data-element
    data-dd-action-name slot part is itemprop property`,
  names: `class aria-controls aria-describedby aria-details aria-flowto aria-labelledby aria-owns`,
  text: `title alt placeholder label value summary abbr aria-label aria-description aria-placeholder
    aria-roledescription aria-valuetext aria-braillelabel aria-keyshortcuts content`,
  number: `width height rows cols size colspan rowspan tabindex maxlength minlength span start border cellpadding
    cellspacing x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy offset opacity fill-opacity stroke-opacity stroke-width
    stroke-miterlimit aria-level aria-posinset aria-setsize aria-colindex aria-rowindex aria-colcount aria-rowcount
    viewbox`,
  url: `href src action formaction poster cite data background xlink:href`,
  colour: `fill stroke color bgcolor stop-color flood-color`,
  css: 'style',
  keyword: `type role rel dir method enctype target as media autocomplete autocapitalize autocorrect inputmode
    enterkeyhint spellcheck translate draggable contenteditable loading decoding fetchpriority crossorigin
    referrerpolicy scope wrap shape preload popover popovertargetaction kind hidden disabled required readonly multiple
    open autofocus novalidate controls muted loop playsinline autoplay inert reversed default ismap itemscope charset
    http-equiv align valign aria-atomic aria-autocomplete aria-busy aria-checked aria-current aria-disabled
    aria-expanded aria-haspopup aria-hidden aria-invalid aria-live aria-modal aria-multiline aria-multiselectable
    aria-orientation aria-pressed aria-readonly aria-relevant aria-required aria-selected aria-sort data-dd-privacy
    fill-rule clip-rule stroke-linecap stroke-linejoin text-anchor dominant-baseline preserveaspectratio
    xmlns xmlns:xlink version focusable`,
}

const kindsByName: ReadonlyMap<string, AttributeKind> = new Map(
  Object.entries(kinds).flatMap(([kind, names]) =>
    words(names).map((name) => [name, kind as AttributeKind] as const),
  ),
)

/** Whether somebody chose it is theirs to know. */
export const kindOf = (attribute: string): AttributeKind | undefined =>
  kindsByName.get(attribute.toLowerCase())

/** Values that mean the same on every site; HTML's, ARIA's and SVG's. */
const keywords: ReadonlySet<string> = new Set([
  '',
  ...words(`
  true false mixed undefined none auto on off yes no
  text email password tel url search number date time datetime-local month week range color file hidden checkbox
  radio button submit reset image
  text/css text/javascript text/plain module application/json multipart/form-data application/x-www-form-urlencoded
  stylesheet icon preload modulepreload preconnect manifest canonical noopener noreferrer nofollow alternate
  _blank _self _parent _top get post dialog ltr rtl
  name given-name family-name additional-name nickname username organization organization-title street-address
  postal-code country country-name address-line1 address-line2 new-password current-password one-time-code bday
  sentences words characters numeric decimal enter done go next previous send
  lazy eager sync async high low anonymous use-credentials no-referrer origin same-origin strict-origin
  row col rowgroup colgroup soft hard rect circle poly default metadata manual hint toggle show hide
  plaintext-only until-found utf-8 UTF-8 viewport all screen print
  alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox
  complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid
  gridcell group heading img insertion link list listbox listitem log main marquee math menu menubar menuitem
  menuitemcheckbox menuitemradio meter navigation note option paragraph presentation progressbar radio radiogroup
  region row rowheader scrollbar search searchbox separator slider spinbutton status strong subscript superscript
  switch tab table tablist tabpanel term textbox timer toolbar tooltip tree treegrid treeitem
  polite assertive off page step location inline both additions removals horizontal vertical ascending descending
  other grammar spelling
  allow mask mask-user-input mask-unless-allowlisted hidden
  evenodd nonzero butt round square miter bevel start middle end center left right top bottom justify baseline
  xMidYMid meet slice xMinYMin 1.1 html
  en en-US en-GB de de-DE fr es it nl pt pt-BR pl sv da nb fi cs ja ko zh
  width=device-width width=device-width, initial-scale=1 initial-scale=1.0 viewport-fit=cover
  http://www.w3.org/2000/svg http://www.w3.org/1999/xlink http://www.w3.org/1999/xhtml`),
])

const isKeyword = (value: string): boolean => value.split(' ').every((word) => keywords.has(word))

/** Sizes and positions, but too short for a telephone's or a card's number. */
const shortNumbers = /^(-?\d{0,4}(\.\d{1,3})?(px|%|em|rem)?|-?\d{1,3}([ ,]+-?\d{1,3}){1,3})$/
const colours =
  /^(#[\da-f]{3,8}|none|transparent|inherit|currentcolor|black|white|red|green|blue|gr[ae]y|orange|yellow|purple|navy|silver)$/i

export const isDeclared = (value: string, statics: Statics): boolean => {
  const { names, texts } = setsOf(statics)
  return names.has(value) || texts.has(oneLine(value)) || isKeyword(value)
}

/** What of an attribute's value is static; style is `scrub-css.ts`'s. */
export const staticValue = (
  kind: Exclude<AttributeKind, 'css'>,
  value: string,
  statics: Statics,
): string => {
  if (kind === 'names')
    return value
      .split(/\s+/)
      .filter((name) => setsOf(statics).names.has(name))
      .join(' ')
  if (isDeclared(value, statics)) return value
  if (kind === 'number' && shortNumbers.test(value)) return value
  if (kind === 'colour' && colours.test(value)) return value
  if (kind === 'url') return staticUrl(value, statics)
  return ''
}

/** The template, since the values in an address are somebody's; of a place in the page, its declared id. */
const staticUrl = (value: string, statics: Statics): string => {
  if (value.startsWith('#')) return setsOf(statics).names.has(value.slice(1)) ? value : ''
  if (!isDeclaredUrl(value, statics)) return ''
  return pageOf(value, statics) ?? new URL(scrubUrl(value, statics)).pathname
}
