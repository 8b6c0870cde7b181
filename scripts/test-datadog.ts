// What only reads, against a real Datadog: keys, lists, a plan and the validation of monitors. Nothing is written.
import { run } from './run.ts'

const { DD_API_KEY, DD_APP_KEY } = process.env

if (DD_API_KEY && DD_APP_KEY) {
  const root = ['--root', 'packages/cx-dashboards', '--config', '../../vitest.config.ts']
  const args = ['run', ...root, 'src/plan/datadog-real']
  process.exitCode = run('vitest', args, { TEST_REAL_DATADOG: 'yes' }) ? 0 : 1
} else {
  console.error(
    'Give DD_API_KEY and DD_APP_KEY, and DD_SITE where it is another than datadoghq.com. The application key needs slos_read, monitors_read and dashboards_read.',
  )
  process.exitCode = 1
}
