import { type Problem } from './definition-error.ts'
import type { Feature } from './feature.ts'
import { noFeature, unowned } from './error-labels.ts'
import type { Journey } from './journey.ts'
import type { Owner } from './owner.ts'
import { duplicateProblems, nameProblems, quote } from './problems.ts'
import type { WebApp } from './web-app.ts'

const longestPage = 200

export const pageProblems = (path: string, { pages }: WebApp): Problem[] => [
  ...duplicateProblems(path, pages),
  ...pages.flatMap((page, index) =>
    page.length <= longestPage && /^\/\S*$/.test(page)
      ? []
      : [
          {
            code: 'CX_ERR_ROUTE' as const,
            path: `${path}[${index}]`,
            message: `the page ${quote(page)} is no route template`,
            remedy: `Write it as the app's router does, with a leading slash, without a space and in at most ${longestPage} characters`,
          },
        ],
  ),
]

export const stepProblems = (path: string, { steps }: Journey): Problem[] => [
  ...(steps.length > 0
    ? []
    : [
        {
          code: 'CX_ERR_EMPTY' as const,
          path,
          message: 'the journey has no step',
          remedy: 'Name its steps in the order in which people take them',
        },
      ]),
  ...duplicateProblems(path, steps),
  ...steps.flatMap((step, index) => nameProblems(`${path}[${index}]`, step)),
]

/** Names that stand for no owner or no feature in the labels of errors. */
export const ownerNameProblems = (path: string, { name }: Owner): Problem[] =>
  reservedProblems(path, name, unowned)

export const featureNameProblems = (path: string, { name }: Feature): Problem[] =>
  reservedProblems(path, name, noFeature)

const reservedProblems = (path: string, name: string, reserved: string): Problem[] =>
  name === reserved
    ? [
        {
          code: 'CX_ERR_NAME',
          path: `${path}.name`,
          message: `${quote(name)} stands for what has none`,
          remedy: 'Choose another name',
        },
      ]
    : []
