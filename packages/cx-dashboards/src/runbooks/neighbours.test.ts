import {
  availability,
  days,
  feature,
  objective,
  operation,
  owner,
  percent,
  service,
} from 'cx-definition'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { neighbourFinder, servicesOf } from './neighbours.ts'

const team = owner('team')
const names = ['a', 'b', 'c'] as const
const services = names.map((name) => service(name, { owner: team }))
const features = names.map((name) =>
  feature(name, { owner: team, operations: [operation(name, 'GET', '/')] }),
)
// Without any, it asks for every service, as a browser's events do.
const asked = fc.subarray([...names])
const made = fc
  .array(fc.record({ asked, feature: fc.constantFrom(...features) }), { maxLength: 6 })
  .map((all) =>
    all.map((of, index) =>
      objective(`objective-${index}`, {
        feature: of.feature,
        indicator: availability({
          of: of.asked.length > 0 ? of.asked.map((name) => ({ service: name })) : [{}],
        }),
        target: percent(99),
        window: days(30),
      }),
    ),
  )

test('neighbours are all others that share a service or the feature, each once and in the order of the catalog', () => {
  const holds = fc.property(made, (objectives) => {
    const neighboursOf = neighbourFinder({ objectives, services })
    for (const one of objectives) {
      const own = servicesOf(one, { services })
      const sharing = objectives.filter(
        (other) =>
          other.feature === one.feature ||
          servicesOf(other, { services }).some((each) => own.includes(each)),
      )
      expect(neighboursOf(one)).toEqual(sharing.filter((other) => other !== one))
    }
  })
  fc.assert(holds)
})
