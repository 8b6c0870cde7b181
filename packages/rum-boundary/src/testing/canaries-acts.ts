/// <reference lib="dom" />
import { type Channel, withWindow } from './channel.ts'

/** What is clicked, asked for and told to the SDK. */
export const acts: readonly Channel[] = [
  // Actions
  ...(
    [
      ['a button', (c: string) => `<button class="target">${c}</button>`],
      ['a label', (c: string) => `<label class="target">${c}</label>`],
      ['a heading', (c: string) => `<h2 class="target">${c}</h2>`],
      [
        'an alt',
        (c: string) =>
          `<img class="target" src="/assets/logo.svg" alt="${c}" width="9" height="9">`,
      ],
    ] as const
  ).map(([what, html]): Channel => ({
    channel: `action named by ${what}`,
    by: 'person',
    html,
    act: (page, c) =>
      page
        .locator('.target', { hasText: c })
        .or(page.locator(`.target[alt=${c}]`))
        .click(),
  })),
  {
    channel: 'action named by an input button',
    by: 'developer',
    named: 'value',
    html: (c) => `<input type="button" class="target" value="${c}">`,
    act: (page, c) => page.locator(`input[value=${c}]`).click(),
  },
  {
    channel: 'action named by data-dd-action-name',
    by: 'developer',
    named: 'data-dd-action-name',
    html: (c) => `<button data-dd-action-name="${c}">Next</button>`,
    act: (page, c) => page.locator(`[data-dd-action-name=${c}]`).click(),
  },
  {
    channel: 'selector of an action by id',
    by: 'developer',
    named: 'id',
    html: (c) => `<button id="${c}">Next</button>`,
    act: (page, c) => page.locator(`#${c}`).click(),
  },
  {
    channel: 'selector of an action by test id',
    by: 'developer',
    named: 'data-testid',
    html: (c) => `<button data-testid="${c}">Next</button>`,
    act: (page, c) => page.locator(`[data-testid=${c}]`).click(),
  },
  {
    channel: 'selector of an action by form action',
    by: 'developer',
    named: 'action',
    html: (c) => `<form action="/${c}" onsubmit="return false"><button>Next</button></form>`,
    act: (page, c) => page.locator(`form[action='/${c}'] button`).click(),
  },
  {
    channel: 'custom action',
    by: 'developer',
    act: withWindow((c) => DD_RUM.addAction(c, { [c]: c })),
  },
  // Addresses
  {
    channel: 'query of the page',
    by: 'person',
    act: withWindow((c) => history.pushState({}, '', `/signup/company?email=${c}`)),
  },
  {
    channel: 'hash of the page',
    by: 'person',
    act: withWindow((c) => history.pushState({}, '', `/signup/company#${c}`)),
  },
  { channel: 'fetch', by: 'person', act: withWindow((c) => fetch(`/api/documents/${c}?q=${c}`)) },
  {
    channel: 'fetch of no declared route',
    by: 'person',
    act: withWindow((c) => fetch(`/other/${c}?q=${c}`)),
  },
  {
    channel: 'fetch that fails',
    by: 'person',
    act: withWindow((c) => fetch(`http://127.0.0.1:9/${c}?q=${c}`).catch(() => {})),
  },
  {
    channel: 'xhr',
    by: 'person',
    act: withWindow((c) => {
      const request = new XMLHttpRequest()
      request.open('GET', `/api/documents/${c}`)
      request.send()
    }),
  },
  {
    channel: 'beacon',
    by: 'person',
    act: withWindow((c) => navigator.sendBeacon(`/api/documents/${c}`)),
  },
  {
    channel: 'image',
    by: 'person',
    act: withWindow((c) => {
      new Image().src = `/avatars/${c}`
    }),
  },
  // What code tells the SDK
  {
    channel: 'error given to the SDK itself',
    by: 'person',
    act: withWindow((c) => DD_RUM.addError(new Error(c), { [c]: c, team: c })),
  },
  {
    channel: 'global context',
    by: 'developer',
    act: withWindow((c) => DD_RUM.setGlobalContext({ [c]: c, plan: c, team: c })),
  },
  {
    channel: 'view context',
    by: 'developer',
    act: withWindow((c) => DD_RUM.setViewContext({ [c]: c })),
  },
  {
    channel: 'service and version of a view',
    by: 'developer',
    act: withWindow((c) => DD_RUM.startView({ name: c, service: c, version: c, context: { c } })),
  },
  { channel: 'view name', by: 'developer', act: withWindow((c) => DD_RUM.setViewName(c)) },
  {
    channel: 'user',
    by: 'developer',
    act: withWindow((c) => DD_RUM.setUser({ id: c, name: c, email: c, [c]: c })),
  },
  {
    channel: 'account',
    by: 'developer',
    act: withWindow((c) => DD_RUM.setAccount({ id: c, name: c })),
  },
  { channel: 'timing', by: 'developer', act: withWindow((c) => DD_RUM.addTiming(c)) },
  {
    channel: 'vital',
    by: 'developer',
    act: withWindow((c) =>
      DD_RUM.addDurationVital(c, {
        startTime: Date.now(),
        duration: 1,
        description: c,
        context: { [c]: c },
      }),
    ),
  },
  {
    channel: 'flag',
    by: 'developer',
    act: withWindow((c) => DD_RUM.addFeatureFlagEvaluation(c, c)),
  },
  {
    channel: 'value of a flag',
    by: 'developer',
    act: withWindow((c) => DD_RUM.addFeatureFlagEvaluation('new-signup', c)),
  },
  {
    channel: 'invoker of a long task',
    by: 'developer',
    named: 'id',
    html: (c) => `<button id="${c}">Next</button>`,
    act: async (page, c) => {
      await page.evaluate((id) => {
        const long = {
          [id]: () => {
            const until = performance.now() + 120
            while (performance.now() < until);
          },
        }
        document.getElementById(id)!.addEventListener('click', long[id]!)
      }, c)
      await page.locator(`#${c}`).click()
    },
  },
]
