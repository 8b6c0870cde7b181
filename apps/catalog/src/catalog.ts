import {
  availability,
  breach,
  catalog,
  completion,
  days,
  latency,
  milliseconds,
  minutes,
  objective,
  percent,
  perHour,
  service,
} from 'cx-definition'
import {
  appShell,
  documents,
  passwordField,
  readDocument,
  selfSignup,
  writeDocument,
} from './features.ts'
import { growth, identity, platform } from './owners.ts'
import { firstSession, productWeb, signupJourney, signupWeb } from './web.ts'

export default catalog({
  owners: [growth, identity, platform],
  features: [documents, selfSignup, passwordField, appShell],
  apps: [signupWeb, productWeb],
  journeys: [signupJourney, firstSession],
  services: [service('some-service', { owner: platform })],
  objectives: [
    objective('documents-availability', {
      title: 'Documents are available',
      feature: documents,
      indicator: availability({ of: documents.operations }),
      target: percent(99),
      window: days(30),
      traffic: perHour(36_000),
      breaches: [breach({ below: percent(99), lasting: minutes(5) })],
    }),
    objective('documents-read-latency', {
      title: 'Documents are read in time',
      feature: documents,
      indicator: latency({ of: [readDocument], within: milliseconds(200) }),
      target: percent(99),
      window: days(30),
      traffic: perHour(18_000),
      breaches: [breach({ below: percent(95), lasting: minutes(15) })],
    }),
    objective('documents-write-latency', {
      title: 'Documents are stored in time',
      feature: documents,
      indicator: latency({ of: [writeDocument], within: milliseconds(600) }),
      target: percent(95),
      window: days(30),
      traffic: perHour(18_000),
    }),
    objective('signup-availability', {
      title: 'The signup is available',
      feature: selfSignup,
      indicator: availability({ of: selfSignup.operations }),
      target: percent(99),
      window: days(30),
      traffic: perHour(3600),
      // Who cannot open the signup sends nothing more, so that the hour before hides a standstill from the budget's page.
      breaches: [breach({ below: percent(95), lasting: minutes(5), severity: 'page' })],
    }),
    objective('signup-completion', {
      title: 'Steps of the signup succeed',
      feature: selfSignup,
      indicator: completion({ of: signupJourney }),
      target: percent(95),
      window: days(30),
      traffic: perHour(3600),
    }),
    objective('password-availability', {
      title: 'Passwords can be changed',
      feature: passwordField,
      indicator: availability({ of: passwordField.operations }),
      target: percent(99),
      window: days(30),
      // Few change theirs, so that its alerts wait for evidence.
      traffic: perHour(60),
    }),
  ],
})
