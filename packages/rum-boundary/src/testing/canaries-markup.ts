/// <reference lib="dom" />
import { type Channel, withWindow } from './channel.ts'

/** What a developer puts into attributes, addresses and styles. */
export const markup: readonly Channel[] = [
  // What a developer puts into attributes
  ...[
    'aria-description',
    'aria-valuetext',
    'id',
    'class',
    'data-testid',
    'aria-controls',
    'jane',
    'x-customer',
    'lang',
  ].map((name): Channel => ({
    channel: `attribute ${name}`,
    by: 'developer',
    named: name,
    html: (c) => `<div ${name}="${c}">Next</div>`,
  })),
  {
    channel: 'attribute name',
    by: 'developer',
    html: (c) => `<div x-${c}="1">Next</div>`,
    named: 'x-',
  },
  {
    channel: 'class beside a declared one',
    by: 'developer',
    named: 'class',
    html: (c) => `<div class="card ${c}">Next</div>`,
  },
  {
    channel: 'class added later',
    by: 'developer',
    named: 'class',
    act: withWindow((c) => document.querySelector('form')!.classList.add(c)),
  },
  {
    channel: 'inline style',
    by: 'developer',
    named: 'style',
    html: (c) => `<p style="animation-name: ${c}">Next</p>`,
  },
  {
    channel: 'CSS variable in a style',
    by: 'developer',
    named: 'style',
    html: (c) => `<p style="--customer: ${c}">Next</p>`,
  },
  {
    channel: 'CSS variable set later',
    by: 'developer',
    named: 'style',
    act: withWindow((c) => document.body.style.setProperty('--customer', c)),
  },
  {
    channel: 'datetime',
    by: 'developer',
    named: 'datetime',
    html: (c) => `<time datetime="${c}">Next</time>`,
  },
  {
    channel: 'value of data',
    by: 'developer',
    named: 'value',
    html: (c) => `<data value="${c}">Next</data>`,
  },
  { channel: 'cite', by: 'developer', named: 'cite', html: (c) => `<q cite="/${c}">Next</q>` },
  {
    channel: 'download',
    by: 'developer',
    named: 'download',
    html: (c) => `<a download="${c}">Next</a>`,
  },
  {
    channel: 'label of an option',
    by: 'developer',
    named: 'label',
    html: (c) => `<select><optgroup><option label="${c}">-</option></optgroup></select>`,
  },
  {
    channel: 'label of an optgroup',
    by: 'developer',
    named: 'label',
    html: (c) => `<select><optgroup label="${c}"></optgroup></select>`,
  },
  {
    channel: 'label of a track',
    by: 'developer',
    named: 'label',
    html: (c) => `<video><track label="${c}"></video>`,
  },
  {
    channel: 'custom element',
    by: 'developer',
    named: 'element',
    html: (c) => `<x-${c}>Next</x-${c}>`,
  },
  {
    channel: 'attribute of a custom element',
    by: 'developer',
    named: 'customer',
    html: (c) => `<x-field customer="${c}">Next</x-field>`,
  },
  {
    channel: 'content of meta',
    by: 'developer',
    named: 'content',
    html: (c) => `<meta itemprop="customer" content="${c}">`,
  },
  {
    channel: 'value of a submit',
    by: 'developer',
    named: 'value',
    html: (c) => `<input type="submit" value="${c}">`,
  },
  {
    channel: 'value of a button',
    by: 'developer',
    named: 'value',
    html: (c) => `<input type="button" value="${c}">`,
  },
  {
    channel: 'data-dd-privacy allow',
    by: 'developer',
    named: 'data-dd-privacy',
    html: (c) => `<div data-dd-privacy="allow"><p title="${c}">${c}<input value="${c}"></p></div>`,
  },
  // Addresses in attributes
  ...(
    [
      ['action', 'form action', (u: string) => `<form action="${u}"></form>`],
      ['formaction', 'button formaction', (u: string) => `<button formaction="${u}">Next</button>`],
      ['href', 'area', (u: string) => `<map><area href="${u}"></map>`],
      ['href', 'svg use', (u: string) => `<svg><use href="${u}"></use></svg>`],
      ['xlink:href', 'svg image', (u: string) => `<svg><image xlink:href="${u}"></image></svg>`],
      ['href', 'link', (u: string) => `<link rel="stylesheet" href="${u}">`],
      ['poster', 'poster', (u: string) => `<video poster="${u}"></video>`],
      ['src', 'video', (u: string) => `<video src="${u}" preload="none"></video>`],
      ['src', 'audio', (u: string) => `<audio src="${u}" preload="none"></audio>`],
      ['src', 'iframe', (u: string) => `<iframe src="${u}"></iframe>`],
      ['src', 'embed', (u: string) => `<embed src="${u}">`],
      ['data', 'object', (u: string) => `<object data="${u}"></object>`],
      ['src', 'image input', (u: string) => `<input type="image" src="${u}">`],
    ] as const
  ).map(([named, what, html]): Channel => ({
    channel: `address of ${what}`,
    by: 'developer',
    named,
    html: (c) => html(`/avatars/${c}?q=${c}`),
  })),
  // Styles
  {
    channel: 'class in CSS',
    by: 'developer',
    named: 'css',
    html: (c) => `<style>.${c} { color: red }</style>`,
  },
  {
    channel: 'content in CSS',
    by: 'developer',
    named: 'css',
    html: (c) => `<style>p::before { content: "${c}" }</style>`,
  },
  {
    channel: 'variable in CSS',
    by: 'developer',
    named: 'css',
    html: (c) => `<style>:root { --${c}: ${c} }</style>`,
  },
  {
    channel: 'address in CSS',
    by: 'developer',
    named: 'css',
    html: (c) => `<style>p { background: url("/avatars/${c}") }</style>`,
  },
  {
    channel: 'media of CSS',
    by: 'developer',
    named: 'css',
    html: (c) => `<style>@media (${c}: 1px) { p { color: red } }</style>`,
  },
  {
    channel: 'adopted sheet',
    by: 'developer',
    named: 'css',
    act: withWindow((c) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(`.${c} { color: red }`)
      document.adoptedStyleSheets.push(sheet)
    }),
  },
  {
    channel: 'rule added by a script',
    by: 'developer',
    named: 'css',
    html: () => '<style class="card"></style>',
    act: withWindow((c) =>
      document
        .querySelector<HTMLStyleElement>('style.card')!
        .sheet!.insertRule(`.${c} { color: red }`),
    ),
  },
]
