import type { Catalog } from 'cx-definition'
import type { Artifact } from '../artifact.ts'
import { yamlText } from '../yaml-text.ts'
import type { Contact } from './contact.ts'
import { inhibitions } from './inhibitions.ts'
import { routeTests } from './route-tests.ts'
import type { Receiver } from './receiver.ts'
import { ourRoute, receiverName, type Routing } from './routes.ts'

/**
 * Alertmanager's configuration, whole and as what an existing file lacks, and where each alert must go.
 * Both hold paths of secrets, and no secret.
 */
export const alertmanagerArtifacts = (
  catalog: Pick<Catalog, 'objectives' | 'owners' | 'services'>,
  routing: Routing,
): readonly Artifact[] => {
  const ours = ourRoute(routing)
  const receivers = routing.contacts.flatMap(receiversOf)
  const inhibit_rules = inhibitions
  const whole = { route: { receiver: ours.receiver, routes: [ours] }, receivers, inhibit_rules }
  const fragment = { route: { routes: [ours] }, receivers, inhibit_rules }
  const tests = routeTests(catalog, routing)
  return [
    { path: 'alertmanager/alertmanager.yml', content: yamlText(whole, wholeHeader) },
    { path: 'alertmanager/cx-fragment.yml', content: yamlText(fragment, fragmentHeader) },
    {
      path: 'alertmanager/routes.tests.json',
      content: `${JSON.stringify(tests, undefined, 2)}\n`,
    },
  ]
}

const receiversOf = ({ owner, page, ticket }: Contact) => [
  { name: receiverName(owner, 'page'), ...byList(page) },
  { name: receiverName(owner, 'ticket'), ...byList(ticket) },
]

const byList = (receivers: readonly Receiver[]) => {
  const lists: Partial<Record<Receiver['list'], Receiver['settings'][]>> = {}
  for (const { list, settings } of receivers) (lists[list] ??= []).push(settings)
  return lists
}

const wholeHeader = ` Generated from the catalog; a change here is lost with the next build.
 For an Alertmanager that serves nothing else. Where there is a configuration already, merge cx-fragment.yml into it.`

const fragmentHeader = ` Generated from the catalog; a change here is lost with the next build.
 Merge it into the configuration that is there: its route goes first among the routes, or an earlier one may take our alerts;
 its receivers and inhibit_rules go beside the others. With yq 4 (https://github.com/mikefarah/yq):
   yq eval-all '. as $file ireduce ({}; . *+ $file)' cx-fragment.yml existing.yml > alertmanager.yml
 Then look at the outcome with amtool check-config.`
