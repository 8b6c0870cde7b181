import {
  textUtil,
  toIconName,
  urlUtil,
  type IconName,
  type InterpolateFunction,
} from '@grafana/data'
import type { DashboardLink } from '@grafana/schema'
import { Button, Dropdown, LinkButton, Menu } from '@grafana/ui'
import { useFetched } from '../live/use-fetched.ts'
import { fetchDashboards, type DashboardSummary } from '../live/preview-api.ts'

interface DashboardLinksProps {
  readonly links: readonly DashboardLink[]
  readonly ownUid: string
  readonly revision: number
  readonly replaceVariables: InterpolateFunction
}

/** A dashboard's links: to an address, or to every dashboard that has certain tags. */
export function DashboardLinks({ links, ownUid, revision, replaceVariables }: DashboardLinksProps) {
  const { value: dashboards = [] } = useFetched(fetchDashboards, revision)
  const urlOf = (link: DashboardLink, url: string) => {
    const parameters = [
      link.keepTime && '${__url_time_range}',
      link.includeVars && '${__all_variables}',
    ].filter((part) => part !== false)
    // Before the parameters are added, since it would decode them.
    const text = textUtil.sanitizeUrl(replaceVariables(url, {}, 'percentencode'))
    return parameters.reduce(
      (whole, part) => urlUtil.appendQueryToUrl(whole, replaceVariables(part)),
      text,
    )
  }
  return links.map((link, index) => {
    const target = link.targetBlank ? '_blank' : '_self'
    if (link.type === 'link')
      return (
        <LinkButton
          key={index}
          size="md"
          variant="secondary"
          fill="outline"
          icon={iconOf(link)}
          href={urlOf(link, link.url ?? '')}
          target={target}
          tooltip={link.tooltip}
        >
          {replaceVariables(link.title, {}, 'text')}
        </LinkButton>
      )
    const tagged = dashboards
      .filter((dashboard) => dashboard.uid !== ownUid && hasTags(dashboard, link.tags))
      .map(({ uid, title }) => ({ title, url: urlOf(link, `/d/${uid}`) }))
    if (!link.asDropdown)
      return tagged.map(({ title, url }) => (
        <LinkButton
          key={url}
          size="md"
          variant="secondary"
          fill="outline"
          icon="apps"
          href={url}
          target={target}
        >
          {title}
        </LinkButton>
      ))
    return (
      <Dropdown
        key={index}
        overlay={
          <Menu>
            {tagged.map(({ title, url }) => (
              <Menu.Item key={url} label={title} url={url} target={target} />
            ))}
          </Menu>
        }
      >
        <Button size="md" variant="secondary" fill="outline" icon="bars" tooltip={link.tooltip}>
          {replaceVariables(link.title, {}, 'text')}
        </Button>
      </Dropdown>
    )
  })
}

const hasTags = ({ tags: own }: DashboardSummary, tags: readonly string[]) =>
  tags.every((tag) => own.includes(tag))

/** Dashboard JSON has old names for some icons; others it may name as the components do. */
const iconOf = ({ icon }: DashboardLink): IconName => oldIcons[icon] ?? toIconName(icon) ?? 'link'

const oldIcons: Readonly<Record<string, IconName>> = {
  'external link': 'external-link-alt',
  dashboard: 'apps',
  question: 'question-circle',
  info: 'info-circle',
  doc: 'file-alt',
}
