export const journeySteps = ['account', 'company', 'password', 'confirm'] as const
export type JourneyStep = (typeof journeySteps)[number]

/** What one person will do: decided beforehand, so that both kinds of runner do the same. */
export interface JourneyPlan {
  /** Tells people apart, as their address does. */
  readonly id: string
  /** The step that is opened and not completed. */
  readonly leavesAt: JourneyStep | undefined
  /** The step whose first sending does not reach the service. */
  readonly failsAt: JourneyStep | undefined
  readonly triesAgain: boolean
  readonly documentsFail: boolean
  /** After the signup. What is lost does not reach the service. */
  readonly passwordChange: 'none' | 'sent' | 'lost'
  /** How long each step takes, were it a person's. */
  readonly seconds: Readonly<Record<JourneyStep, number>>
}

/** Of those who open a step, the share that goes no further. Forms that ask for more lose more. */
const shareThatLeaves: Readonly<Record<JourneyStep, number>> = {
  account: 0.22,
  company: 0.12,
  password: 0.15,
  confirm: 0.05,
}
const usualSeconds: Readonly<Record<JourneyStep, number>> = {
  account: 24,
  company: 13,
  password: 31,
  confirm: 8,
}
const shareThatFails = 0.08
const shareThatTriesAgain = 0.7
const shareOfFailedDocuments = 0.03
const shareOfPasswordChanges = 0.3
const shareOfLostPasswordChanges = 0.02

/** @param random from 0 up to, not including, 1 */
export const planJourney = (random: () => number): JourneyPlan => ({
  id: Array.from({ length: 12 }, () => Math.floor(random() * 36).toString(36)).join(''),
  leavesAt: journeySteps.find((step) => random() < shareThatLeaves[step]),
  failsAt:
    random() < shareThatFails
      ? journeySteps[Math.floor(random() * journeySteps.length)]
      : undefined,
  triesAgain: random() < shareThatTriesAgain,
  documentsFail: random() < shareOfFailedDocuments,
  passwordChange: plannedPasswordChange(random()),
  seconds: Object.fromEntries(
    // Half as long to thrice as long, most near the usual.
    journeySteps.map((step) => [step, usualSeconds[step] * (0.5 + 2.5 * random() ** 2)]),
  ) as JourneyPlan['seconds'],
})

const plannedPasswordChange = (drawn: number): JourneyPlan['passwordChange'] => {
  if (drawn < shareOfLostPasswordChanges) return 'lost'
  return drawn < shareOfPasswordChanges ? 'sent' : 'none'
}

/** What a person types into each step. */
export const answersOf = ({ id }: JourneyPlan) => ({
  account: { name: 'Load Runner', email: `${id}@load.example` },
  company: { company: 'Load', size: '11-50' },
  // Not with the id, which is in the address.
  password: { password: 'a long walk by the sea' },
  confirm: {},
})

export interface JourneyResult {
  readonly completed: boolean
  /** Tries that did not reach the service, or that it failed. */
  readonly failures: number
}
