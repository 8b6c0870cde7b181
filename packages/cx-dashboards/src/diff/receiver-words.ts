import { fieldChanges } from './field-changes.ts'
import { safeText } from './safe-text.ts'
import { isRecord, stableJson } from './shown-value.ts'

type Json = Readonly<Record<string, unknown>>

const kindWords: Readonly<Record<string, string>> = {
  discord: 'Discord',
  email: 'e-mail',
  msteams: 'Microsoft Teams',
  msteamsv2: 'Microsoft Teams',
  opsgenie: 'Opsgenie',
  pagerduty: 'PagerDuty',
  pushover: 'Pushover',
  slack: 'Slack',
  sns: 'Amazon SNS',
  telegram: 'Telegram',
  victorops: 'VictorOps',
  webex: 'Webex',
  webhook: 'webhook',
  wechat: 'WeChat',
}

/**
 * How a receiver reaches somebody: `PagerDuty and Slack #growth (cx-growth-page)`. Of its settings only a plain channel is shown:
 * any other may be a secret.
 */
export const receiverWords = (config: Json, name: string): string => {
  const receiver = receiverOf(config, name)
  if (!receiver) return `nobody (there is no receiver ${safeText(name)})`
  const ways = listsOf(receiver).flatMap(([list, configs]) => {
    const kind = list.replace(/_configs$/, '')
    return configs.map((each) => `${kindWords[kind] ?? safeText(kind)}${channelOf(each)}`)
  })
  const [last = 'nobody', ...others] = ways.toReversed()
  const all = others.length > 0 ? `${others.toReversed().join(', ')} and ${last}` : last
  return `${all} (${safeText(name)})`
}

const receiverOf = ({ receivers }: Json, name: string): Json | undefined =>
  Array.isArray(receivers)
    ? receivers.filter(isRecord).find((receiver) => receiver['name'] === name)
    : undefined

const listsOf = (receiver: Json): [string, Json[]][] =>
  Object.entries(receiver).flatMap(([list, configs]) =>
    list.endsWith('_configs') && Array.isArray(configs)
      ? [[list, configs.filter(isRecord)] as [string, Json[]]]
      : [],
  )

const channelOf = ({ channel }: Json): string =>
  typeof channel === 'string' && /^[#@][\w.-]{1,80}$/.test(channel) ? ` ${channel}` : ''

/** Which settings of a receiver differ, by their names alone; none where it is on one side only. */
export const changedSettings = (before: Json, after: Json, name: string): string[] => {
  const [was, now] = [receiverOf(before, name), receiverOf(after, name)]
  if (!was || !now || stableJson(was) === stableJson(now)) return []
  const names = fieldChanges(indexed(was), indexed(now)).map(({ path }) =>
    safeText(path.filter((part) => !/^\d+$/.test(part)).join('.')),
  )
  return [...new Set(names)]
}

/** Lists by place, since what is in them has no names. */
const indexed = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return Object.fromEntries(value.map((each, index) => [String(index), indexed(each)]))
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, indexed(part)]))
    : value
}
