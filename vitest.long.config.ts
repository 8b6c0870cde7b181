import { defineConfig, mergeConfig } from 'vitest/config'
import shared from './vitest.config.ts'

// Minutes each: what npm run test:long runs, and CI does not.
const config = mergeConfig(
  shared,
  defineConfig({ test: { testTimeout: 1_800_000, maxWorkers: 1, execArgv: ['--expose-gc'] } }),
)

export default { ...config, test: { ...config.test, include: ['**/*.long.ts'] } }
