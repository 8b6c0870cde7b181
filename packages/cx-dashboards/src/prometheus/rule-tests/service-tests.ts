import type { Service } from 'cx-definition'
import type { Artifact } from '../../artifact.ts'
import { silentFor } from '../../promql/alert-conditions.ts'
import { heartbeat } from '../../promql/example-events.ts'
import { labels } from '../../promql/queries.ts'
import type { Alert } from '../alert.ts'
import { fires, isQuiet } from './lane.ts'
import { eachMinute, inMinutes, minutesOf, spokenPace } from './pace.ts'
import { expressionTest, type RuleTest, testFileArtifact } from './test-file.ts'

/** A service in one environment, and the alert on its silence. */
interface Heard {
  readonly service: Service
  readonly alert: Alert
  readonly environment: string
}

/** They fall silent one after the other, a minute apart, and are heard again at last; nobody ever asked them anything. */
export const serviceTestArtifact = (
  name: string,
  services: readonly Service[],
  alerts: readonly Alert[],
  environments: readonly string[],
): Artifact => {
  const heard = services.flatMap((service, index): Heard[] => {
    const alert = alerts[index]
    return alert ? environments.map((environment) => ({ service, alert, environment })) : []
  })
  return testFileArtifact(name, name, spokenPace(eachMinute), () => [silenceTest(heard)])
}

const leaves = 20
// A third of a minute, so that no sample is at the edge of a window.
const samplesAMinute = 3

const silenceTest = (heard: readonly Heard[]): RuleTest => {
  const back = leaves + heard.length + 2 * inMinutes(silentFor)
  return {
    name: 'services fall silent',
    interval: '20s',
    input_series: heard.map(({ environment, service }, index) => {
      const there = (leaves + index) * samplesAMinute + 1
      const gone = back * samplesAMinute - there - 1
      return {
        series: heartbeat(service.name, environment).text,
        values: `1x${there} _x${gone} 1x9`,
      }
    }),
    promql_expr_test: heard.flatMap(({ alert, environment, service }, index) => {
      const place = { environment, labels: { [labels.service]: service.name } }
      const noticed = leaves + index + inMinutes(silentFor) + 1 + minutesOf(alert.for)
      return [
        isQuiet(leaves),
        isQuiet(noticed - 1, alert),
        fires(noticed, alert),
        fires(back - 1, alert),
        isQuiet(back + 1),
      ].map((check) => expressionTest(check, place))
    }),
  }
}
