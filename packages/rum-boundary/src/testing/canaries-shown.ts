/// <reference lib="dom" />
import type { Page } from 'playwright-core'
import { type Channel, withWindow } from './channel.ts'

const typing =
  (selector: string) =>
  (page: Page, canary: string): Promise<void> =>
    page.locator(selector).pressSequentially(canary)

/** What a person types and a page shows. */
export const shown: readonly Channel[] = [
  // What a person types or chooses
  {
    channel: 'typed into an input',
    by: 'person',
    html: () => '<label>Name<input id="typed"></label>',
    act: typing('#typed'),
  },
  {
    channel: 'typed into an email',
    by: 'person',
    html: () => '<input type="email" id="typed-email">',
    act: typing('#typed-email'),
  },
  {
    channel: 'typed into a password',
    by: 'person',
    html: () => '<input type="password" id="typed-password">',
    act: typing('#typed-password'),
  },
  {
    channel: 'typed into a textarea',
    by: 'person',
    html: () => '<textarea id="typed-area"></textarea>',
    act: typing('#typed-area'),
  },
  {
    channel: 'typed into a date',
    by: 'person',
    says: '1987-06-05',
    html: () => '<input type="date" id="typed-date">',
    act: (page, c) => page.fill('#typed-date', c),
  },
  { channel: 'default of an input', by: 'person', html: (c) => `<input value="${c}">` },
  { channel: 'default of a textarea', by: 'person', html: (c) => `<textarea>${c}</textarea>` },
  {
    channel: 'default of a hidden input',
    by: 'person',
    html: (c) => `<input type="hidden" value="${c}">`,
  },
  {
    channel: 'chosen of a select',
    by: 'person',
    html: (c) =>
      `<select id="chosen"><option>-</option><option value="${c}">${c}</option></select>`,
    act: (page, c) => page.selectOption('#chosen', c),
  },
  {
    channel: 'option of a datalist',
    by: 'person',
    html: (c) =>
      `<input list="list"><datalist id="list"><option value="${c}">${c}</option></datalist>`,
  },
  {
    channel: 'value of a checkbox',
    by: 'person',
    html: (c) => `<input type="checkbox" value="${c}" checked>`,
  },
  {
    channel: 'set by a script',
    by: 'person',
    html: () => '<input id="typed-script">',
    act: withWindow((c) => {
      document.querySelector<HTMLInputElement>('#typed-script')!.value = c
    }),
  },
  {
    channel: 'typed into contenteditable',
    by: 'person',
    html: () => '<div id="editable" contenteditable="true">-</div>',
    act: typing('#editable'),
  },
  {
    channel: 'typed and echoed in text',
    by: 'person',
    html: () => '<p id="echo">Hello</p>',
    act: withWindow((c) => {
      document.querySelector('#echo')!.textContent = `Hello ${c}`
    }),
  },
  {
    channel: 'typed and echoed in a title',
    by: 'person',
    html: () => '<p id="echo-title">Hello</p>',
    act: withWindow((c) => document.querySelector('#echo-title')!.setAttribute('title', c)),
  },
  // What the page shows
  { channel: 'page text', by: 'person', html: (c) => `<p>${c}</p>` },
  { channel: 'page text as words', by: 'person', html: (c) => `<p>Dear ${c}, welcome</p>` },
  {
    channel: 'document title',
    by: 'person',
    act: withWindow((c) => {
      document.title = c
    }),
  },
  { channel: 'label', by: 'person', html: (c) => `<label>${c}<input></label>` },
  {
    channel: 'text of a table',
    by: 'person',
    html: (c) => `<table><tr><td>${c}</td></tr></table>`,
  },
  { channel: 'text of svg', by: 'person', html: (c) => `<svg><text>${c}</text></svg>` },
  { channel: 'output', by: 'person', html: (c) => `<output>${c}</output>` },
  {
    channel: 'text in a shadow tree',
    by: 'person',
    html: () => '<div id="host"></div>',
    act: withWindow((c) => {
      document
        .querySelector('#host')!
        .attachShadow({ mode: 'open' }).innerHTML = `<p>${c}</p><input value="${c}">`
    }),
  },
  {
    channel: 'text added later',
    by: 'person',
    act: withWindow((c) =>
      document.body.append(Object.assign(document.createElement('p'), { textContent: c })),
    ),
  },
  ...['placeholder', 'title', 'aria-label', 'name', 'data-customer'].map((name): Channel => ({
    channel: `attribute ${name}`,
    by: 'person',
    html: (c) => `<input ${name}="${c}">`,
  })),
  { channel: 'alt', by: 'person', html: (c) => `<img alt="${c}" src="/assets/logo.svg">` },
  { channel: 'href of a link', by: 'person', html: (c) => `<a href="/users/${c}?q=${c}">Next</a>` },
  {
    channel: 'src of an image',
    by: 'person',
    html: (c) => `<img alt="" src="/avatars/${c}?q=${c}">`,
  },
  { channel: 'srcdoc', by: 'person', html: (c) => `<iframe srcdoc="${c}"></iframe>` },
]
