import {
  availability,
  catalog,
  completion,
  days,
  latency,
  milliseconds,
  objective,
  percent,
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
  objectives: [
    objective('documents-availability', {
      title: 'Documents are available',
      feature: documents,
      indicator: availability({ of: documents.operations }),
      target: percent(99),
      window: days(30),
    }),
    objective('documents-read-latency', {
      title: 'Documents are read in time',
      feature: documents,
      indicator: latency({ of: [readDocument], within: milliseconds(200) }),
      target: percent(99),
      window: days(30),
    }),
    objective('documents-write-latency', {
      title: 'Documents are stored in time',
      feature: documents,
      indicator: latency({ of: [writeDocument], within: milliseconds(600) }),
      target: percent(95),
      window: days(30),
    }),
    objective('signup-availability', {
      title: 'The signup is available',
      feature: selfSignup,
      indicator: availability({ of: selfSignup.operations }),
      target: percent(99),
      window: days(30),
    }),
    objective('signup-completion', {
      title: 'Steps of the signup succeed',
      feature: selfSignup,
      indicator: completion({ of: signupJourney }),
      target: percent(95),
      window: days(30),
    }),
  ],
})
