import type { Notification, NotifiedAlert } from './on-call-inbox.ts'

/** The inbox as a page that reloads itself. All text in it comes from outside, and is escaped. */
export const inboxPage = (notifications: readonly Notification[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>On-call inbox</title>
<style>${style}</style>
<h1>On-call inbox</h1>
<p>Who was told what, the newest first. This page reloads every five seconds.</p>
${notifications.length === 0 ? '<p>Nobody was told anything yet.</p>' : notifications.map(card).join('\n')}
</html>
`

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d1f21; background: #fff }
article { border: 1px solid #c5c8cc; border-left: 6px solid #946200; border-radius: 4px; padding: 0 1rem; margin: 1rem 0 }
article.page { border-left-color: #b3261e }
article.over { border-left-color: #1b6e3c }
h2 { font-size: 1.1rem; margin: .8rem 0 .2rem }
h3 { font-size: 1rem; margin: .8rem 0 .2rem }
p { margin: .3rem 0 .8rem; overflow-wrap: anywhere }
.description { white-space: pre-line }
.facts { color: #54595e; font-size: .9rem }
@media (prefers-color-scheme: dark) {
  body { color: #e6e8ea; background: #17191c }
  .facts { color: #a9afb5 }
  a { color: #8ab4f8 }
}
`

const card = ({ alerts, commonLabels, receivedAt, status, team }: Notification): string => {
  const page = commonLabels['severity'] === 'page'
  const over = status === 'resolved'
  const what = over ? 'Over' : page ? 'Page' : 'Ticket'
  return `<article class="${over ? 'over' : page ? 'page' : 'ticket'}">
<h2>${what} for ${escaped(team)}</h2>
<p class="facts">Received ${moment(receivedAt)}</p>
${alerts.map(alertBlock).join('\n')}
</article>`
}

const alertBlock = ({ annotations, endsAt, labels, startsAt, status }: NotifiedAlert): string =>
  `<h3>${escaped(annotations['summary'] ?? labels['alertname'] ?? '')}</h3>
<p class="description">${escaped(annotations['description'] ?? '')}</p>
<p class="facts">Since ${moment(startsAt)}${status === 'resolved' ? `, over since ${moment(endsAt)}` : ''}. ${escaped(labels['alertname'] ?? '')}, owner ${escaped(labels['owner'] ?? '')}.</p>
<p>${links.map(([name, text]) => link(annotations[name], text)).join(' ')}</p>`

/** To the second, in UTC; what is no moment stays as it came. */
const moment = (iso: string): string => {
  const at = new Date(iso)
  return Number.isNaN(at.getTime())
    ? escaped(iso)
    : `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

const links = [
  ['runbook_url', 'Runbook'],
  ['dashboard_url', 'Dashboard'],
  ['customer_url', 'Customer'],
  ['sessions_url', 'Sessions'],
] as const

/** Only where a click opens a page, and runs nothing. */
const link = (address: string | undefined, text: string): string =>
  address !== undefined && /^https?:$/.test(URL.parse(address)?.protocol ?? '')
    ? `<a href="${escaped(address)}" rel="noreferrer">${text}</a>`
    : ''

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
