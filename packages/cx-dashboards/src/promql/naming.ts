import {
  attributeOfWord,
  type Constant,
  type Instrument,
  type InstrumentLabels,
} from 'cx-definition'
import { labelName } from './labels.ts'

/** What an instrument's series have for one of our labels: a label, one value throughout, or nothing. */
export type Counterpart = string | Constant | undefined

/** The one place where labels of metrics that are not of the contract are told from ours. */
export interface Naming {
  ofLabel(ours: string): Counterpart
  ofAttribute(attribute: string): Counterpart
}

export const namingOf = ({ labels }: Instrument, dimension: string): Naming => {
  const inContract = (attribute: string) => labelName(attribute, dimension)
  if (!labels) return { ofLabel: (ours) => ours, ofAttribute: inContract }
  const known = new Map(words.map((word) => [attributeOfWord[word] as string, labels[word]]))
  const byLabel = new Map([...known].map(([attribute, label]) => [inContract(attribute), label]))
  return {
    ofLabel: (ours) => (byLabel.has(ours) ? byLabel.get(ours) : ours),
    ofAttribute: (attribute) => (known.has(attribute) ? known.get(attribute) : attribute),
  }
}

const words = [
  'service',
  'environment',
  'method',
  'route',
  'statusCode',
  'dimension',
] as const satisfies readonly (keyof InstrumentLabels)[]
