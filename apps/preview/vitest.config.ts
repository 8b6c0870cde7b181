import { mergeConfig } from 'vitest/config'
import shared from '../../vitest.config.ts'

// Grafana's ESM imports CommonJS by names that Node does not see; a bundler does.
export default mergeConfig(shared, { test: { server: { deps: { inline: ['@grafana/data'] } } } })
