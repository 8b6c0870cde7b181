import {
  availability,
  catalog,
  days,
  latency,
  milliseconds,
  objective,
  percent,
} from 'cx-definition'
import { documents, platform, readDocument, writeDocument } from './features.ts'

export default catalog({
  owners: [platform],
  features: [documents],
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
  ],
})
