import { defineConfig, mergeConfig } from 'vitest/config'
import shared from '../vitest.config.ts'
import { judged } from './vitest.judged.config.ts'

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      exclude: judged,
      globalSetup: 'src/running-stack.ts',
      // One stack on two cores: test files take turns.
      fileParallelism: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  }),
)
