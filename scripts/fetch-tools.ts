// Brings what tests use beside npm's packages, so that none of them is skipped: Prometheus, Alertmanager, and k6 where Go can build it.
import { buildK6, usableGo } from 'load/build-k6'
import { findK6 } from 'load/find-k6'
import { findAlertmanager } from './stack/find-alertmanager.ts'
import { findPrometheus } from './stack/find-prometheus.ts'

console.log(`Prometheus: ${findPrometheus(console.log).prometheus}`)
console.log(`Alertmanager: ${findAlertmanager(console.log).alertmanager}`)
if (!findK6() && usableGo()) {
  console.log('Building k6 with Go, once; this takes a minute or more …')
  buildK6()
}
console.log(
  `k6: ${findK6()?.version ?? 'none, and no Go 1.25 or later to build it; its tests are skipped'}`,
)
