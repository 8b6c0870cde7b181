import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const longest = [
  'e2e/src/alerting.test.ts',
  'e2e/src/rule-tests.test.ts',
  'packages/rum-boundary/src/error-table.test.ts',
  'apps/signup-web/browser/bad-input.test.ts',
]

/** They wait for rules that are evaluated every two minutes, which pass while the others run. */
const waiting = [
  'e2e/src/browser.test.ts',
  'e2e/src/every-query.test.ts',
  'e2e/src/every-rule.test.ts',
]

/** Where they never ran before, Vitest takes large files for long ones, and would leave the longest to the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const turn = ({ moduleId }: TestSpecification) => {
      if (longest.some((file) => moduleId.endsWith(file))) return 0
      return waiting.some((file) => moduleId.endsWith(file)) ? 2 : 1
    }
    return (await super.sort(files)).toSorted((one, other) => turn(one) - turn(other))
  }
}

// Each project runs with `--root .`; results go to a file that scripts/test.ts sums up.
export default defineConfig({
  resolve: { conditions: ['cx-source', 'module', 'node', 'development|production'] },
  ssr: { resolve: { conditions: ['cx-source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/{node_modules,dist,.*}/**'],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Two cores may be shared with a browser and a Prometheus.
    testTimeout: 20_000,
    // Hundreds of commands and services are started: they share what Node made of their sources, which halves the time of a start.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, '.cache/node') },
    reporters: ['default', 'json'],
    outputFile: { json: '.test-results/vitest.json' },
  },
})
