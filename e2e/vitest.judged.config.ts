import { defineConfig, mergeConfig } from 'vitest/config'
import shared from '../vitest.config.ts'

/** What promtool, amtool or parts of a test's own judge: needs not the stack that all others look at, so it runs beside the unit tests. */
export const judged = [
  'src/alerting-page.test.ts',
  'src/alerting.test.ts',
  'src/alertmanager-config.test.ts',
  'src/backtest.test.ts',
  'src/datadog-parity.test.ts',
  'src/datadog-shadow.test.ts',
  'src/diff*.test.ts',
  'src/existing-metrics*.test.ts',
  'src/exposition-fuzz.test.ts',
  'src/notifications.test.ts',
  'src/own-panels.test.ts',
  'src/preview-synthetic.test.ts',
  'src/publish*.test.ts',
  'src/rule-tests.test.ts',
  'src/rules-*.test.ts',
  'src/runbook-queries.test.ts',
  'src/signup-accessibility.test.ts',
]

const config = mergeConfig(
  shared,
  defineConfig({
    test: {
      // One of them mostly waits for Alertmanager.
      maxWorkers: 2,
      // promtool tidies its memory up so often that it costs a fifth of its time; this way it takes some 100 MB more.
      env: { GOGC: '400' },
      testTimeout: 120_000,
      hookTimeout: 180_000,
      outputFile: { json: '.test-results/judged.json' },
    },
  }),
)

export default { ...config, test: { ...config.test, include: judged } }
