// What a notification says, as Go templates of Alertmanager: https://prometheus.io/docs/alerting/latest/notifications/
// They stand in the configuration itself. Were they in a file beside it, a fragment merged without that file would lose every page.

const byStatus = (over: string, page: string, ticket: string): string =>
  `{{ if eq .Status "resolved" }}${over}{{ else if eq .CommonLabels.severity "page" }}${page}{{ else }}${ticket}{{ end }}`

// What still fires, or where all is over, what was.
const told = '(or .Alerts.Firing .Alerts)'
const first = `(index ${told} 0)`

const escapes: Readonly<Record<'plain' | 'slack' | 'slackLink', string>> = {
  plain: '',
  // A customer's name comes from outside, and "<!channel>" would call everyone: https://api.slack.com/reference/surfaces/formatting
  slack: ' | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;"',
  slackLink: ' | reReplaceAll "[<>|]" "" | reReplaceAll "&" "&amp;"',
}

type Escape = keyof typeof escapes

const show = (value: string, escape: Escape): string => `{{ ${value}${escapes[escape]} }}`

/** How many alerts of one notification are told in full; a message has its limits. */
const most = 10

/** The template for each alert, a dot being the alert. */
const each = (of: string, template: string): string =>
  `{{ range $index, $alert := ${of} }}{{ if lt $index ${most} }}{{ with $alert }}${template}{{ end }}{{ end }}{{ end }}` +
  `{{ if gt (len ${of}) ${most} }}These are ${most} of {{ len ${of} }}; the others are in Alertmanager: {{ $.ExternalURL }}{{ end }}`

const timeFormat = '"2006-01-02 15:04 MST"'
const since =
  `Since {{ .StartsAt.UTC.Format ${timeFormat} }}` +
  `{{ if eq .Status "resolved" }}, over since {{ .EndsAt.UTC.Format ${timeFormat} }}{{ end }}`

const links = [
  ['runbook_url', 'Runbook'],
  ['dashboard_url', 'Dashboard'],
  ['customer_url', 'Customer'],
  ['sessions_url', 'Sessions'],
] as const

/** The lines of one alert; a link that it has not is left out. */
const lines = (escape: Escape, link: (annotation: string, text: string) => string): string =>
  [
    show('.Annotations.summary', escape),
    show('.Annotations.description', escape),
    `${since}. Owner: ${show('.Labels.owner', escape)}`,
  ].join('\n') +
  links
    .map(
      ([annotation, text]) =>
        `{{ if .Annotations.${annotation} }}${link(annotation, text)}{{ end }}`,
    )
    .join('') +
  '\n\n'

const plainLines = lines(
  'plain',
  (annotation, text) => `\n${text}: ${show(`.Annotations.${annotation}`, 'plain')}`,
)

const slackLines = lines(
  'slack',
  (annotation, text) => `\n<${show(`.Annotations.${annotation}`, 'slackLink')}|${text}>`,
)

const title = (escape: Escape): string =>
  `${byStatus('Over', 'Page', 'Ticket')}: ${show(`${first}.Annotations.summary`, escape)}` +
  `{{ if gt (len ${told}) 1 }} (1 of {{ len ${told} }}){{ end }}`

// PagerDuty refuses an event with an empty link, so a missing one leads to Alertmanager.
const linkOrAlertmanager = (annotation: string): string =>
  `{{ or ${first}.Annotations.${annotation} .ExternalURL }}`

/** For a Slack receiver: what is escaped is what Slack reads as markup. */
export const slackMessage = {
  color: byStatus('good', 'danger', 'warning'),
  title: title('slack'),
  title_link: linkOrAlertmanager('dashboard_url'),
  fallback: title('slack'),
  text: each(told, slackLines),
} as const

/** For a PagerDuty receiver: an event of its Events API v2. */
export const pagerDutyMessage = {
  description: title('plain'),
  severity: byStatus('info', 'critical', 'warning'),
  class: '{{ .CommonLabels.alertname }}',
  component: '{{ or .CommonLabels.service_name .CommonLabels.app .CommonLabels.objective }}',
  group: '{{ .CommonLabels.feature }}',
  details: {
    firing: each('.Alerts.Firing', plainLines),
    resolved: each('.Alerts.Resolved', plainLines),
  },
  links: [
    { href: linkOrAlertmanager('runbook_url'), text: 'Runbook' },
    { href: linkOrAlertmanager('dashboard_url'), text: 'Dashboard' },
  ],
} as const
