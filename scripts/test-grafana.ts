// The publishing suite against a real Grafana: everything happens in folders of its own, which it removes.
import { run } from './run.ts'

const { GRAFANA_PASSWORD, GRAFANA_TOKEN, GRAFANA_URL } = process.env

if (GRAFANA_URL && (GRAFANA_TOKEN || GRAFANA_PASSWORD)) {
  const args = ['run', '--root', 'e2e', '--config', 'vitest.judged.config.ts', 'src/publish']
  process.exitCode = run('vitest', args, { TEST_REAL_GRAFANA: 'yes' }) ? 0 : 1
} else {
  console.error(
    'Give GRAFANA_URL, and GRAFANA_TOKEN of a service account with the role Editor that may make folders at the root (or GRAFANA_USER and GRAFANA_PASSWORD).',
  )
  process.exitCode = 1
}
