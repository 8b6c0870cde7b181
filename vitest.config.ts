import { defineConfig } from 'vitest/config'

// Each project runs with `--root .`; results go to a file that scripts/test.ts sums up.
export default defineConfig({
  resolve: { conditions: ['cx-source', 'module', 'node', 'development|production'] },
  ssr: { resolve: { conditions: ['cx-source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/{node_modules,dist,.*}/**'],
    maxWorkers: 2,
    // Two cores may be shared with a browser and a Prometheus.
    testTimeout: 20_000,
    reporters: ['default', 'json'],
    outputFile: { json: '.test-results/vitest.json' },
  },
})
