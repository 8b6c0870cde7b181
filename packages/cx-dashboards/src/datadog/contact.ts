import { type Owner, type Problem, quote, referenceProblems, type Catalog } from 'cx-definition'

/** How an owner is reached from Datadog: handles of people, channels and pagers, as they stand in a monitor's message. */
export interface DatadogContact {
  readonly owner: Owner
  /** What wakes somebody, such as `@pagerduty-growth`. */
  readonly page: readonly string[]
  /** What waits for the morning, such as `@slack-growth-alerts`. */
  readonly ticket: readonly string[]
}

/** `datadogContact(growth, { page: ['@pagerduty-growth'], ticket: ['@slack-growth-alerts'] })` */
export const datadogContact = (
  owner: Owner,
  { page, ticket }: Omit<DatadogContact, 'owner'>,
): DatadogContact => ({ owner, page, ticket })

/** @param path where they stand, such as `datadog.monitors.contacts` */
export const datadogContactProblems = (
  path: string,
  contacts: readonly DatadogContact[],
  { owners }: Pick<Catalog, 'owners'>,
): Problem[] => [
  ...contacts.flatMap((each, index) => [
    ...referenceProblems(`${path}[${index}].owner`, each.owner, 'owners', owners),
    ...(['page', 'ticket'] as const).flatMap((severity) =>
      handleProblems(`${path}[${index}].${severity}`, each[severity]),
    ),
  ]),
  ...owners.flatMap(({ name }): Problem[] => {
    const count = contacts.filter(({ owner }) => owner.name === name).length
    if (count === 1) return []
    return [
      count === 0
        ? {
            code: 'CX_ERR_NO_CONTACT',
            path,
            message: `the owner ${quote(name)} has no contact, so that nobody would hear its monitors`,
            remedy: `Add datadogContact(${name}, { page: […], ticket: […] })`,
          }
        : {
            code: 'CX_ERR_DUPLICATE_NAME',
            path,
            message: `${quote(name)} has ${count} contacts`,
            remedy: 'Put the handles of all into one',
          },
    ]
  }),
]

const handleProblems = (path: string, handles: readonly string[]): Problem[] => {
  if (handles.length === 0)
    return [
      {
        code: 'CX_ERR_EMPTY',
        path,
        message: 'nobody would be told',
        remedy: 'Give at least one handle, such as @slack-growth-alerts',
      },
    ]
  return handles.flatMap((handle, index): Problem[] =>
    /^@[^\s{}@]+(?:@[^\s{}@]+)?$/u.test(handle)
      ? []
      : [
          {
            code: 'CX_ERR_NAME',
            path: `${path}[${index}]`,
            message: `${quote(handle)} is no handle`,
            remedy:
              'Write it as in a message of Datadog: an @ and no spaces, such as @slack-growth-alerts or @growth@example.com',
          },
        ],
  )
}
