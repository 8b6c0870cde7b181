import {
  type Catalog,
  type Owner,
  type Problem,
  quote,
  referenceProblems,
  urlProblems,
} from 'cx-definition'
import { type Receiver, receiverProblems } from './receiver.ts'

/** How an owner is reached. */
export interface Contact {
  readonly owner: Owner
  /** What wakes somebody. */
  readonly page: readonly Receiver[]
  /** What waits for the morning. */
  readonly ticket: readonly Receiver[]
  /** Where it is seen who is on call. */
  readonly onCallUrl?: string | undefined
}

/** `contact(growth, { page: [pagerDuty({ … })], ticket: [slack({ … })] })` */
export const contact = (
  owner: Owner,
  { onCallUrl, page, ticket }: Omit<Contact, 'owner'>,
): Contact => ({ owner, page, ticket, onCallUrl })

/**
 * What keeps an alert from reaching its owner.
 * @param path where the contacts stand, such as `alerting.contacts`
 */
export const contactProblems = (
  path: string,
  contacts: readonly Contact[],
  { owners }: Pick<Catalog, 'owners'>,
): Problem[] => [
  ...contacts.flatMap((each, index) => [
    ...referenceProblems(`${path}[${index}].owner`, each.owner, 'owners', owners),
    ...duplicateProblems(path, contacts, index),
    ...(['page', 'ticket'] as const).flatMap((severity) =>
      receiversProblems(`${path}[${index}].${severity}`, each[severity]),
    ),
    ...(each.onCallUrl === undefined
      ? []
      : urlProblems(`${path}[${index}].onCallUrl`, each.onCallUrl)),
  ]),
  ...owners.flatMap((owner) => unreachable(path, contacts, owner)),
]

const receiversProblems = (path: string, receivers: readonly Receiver[]): Problem[] =>
  receivers.length > 0
    ? receivers.flatMap((receiver, index) => receiverProblems(`${path}[${index}]`, receiver))
    : [
        {
          code: 'CX_ERR_EMPTY',
          path,
          message: 'nobody would be told',
          remedy: 'Give at least one of pagerDuty, slack and webhook',
        },
      ]

const duplicateProblems = (
  path: string,
  contacts: readonly Contact[],
  index: number,
): Problem[] => {
  const name = contacts[index]?.owner.name
  const first = contacts.findIndex(({ owner }) => owner.name === name)
  if (name === undefined || first === index) return []
  return [
    {
      code: 'CX_ERR_DUPLICATE_NAME',
      path: `${path}[${index}].owner`,
      message: `${quote(name)} already has a contact, ${path}[${first}]`,
      remedy: 'Put the receivers of both into one',
    },
  ]
}

const unreachable = (path: string, contacts: readonly Contact[], { name }: Owner): Problem[] =>
  contacts.some(({ owner }) => owner.name === name)
    ? []
    : [
        {
          code: 'CX_ERR_NO_CONTACT',
          path,
          message: `the owner ${quote(name)} has no contact, so that nobody would hear its alerts`,
          remedy: `Add contact(${name}, { page: […], ticket: […] })`,
        },
      ]
