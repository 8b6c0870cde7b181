import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../scripts/root.ts'

// As e2e/otlp-receiver/go.mod has it: v0.305.3 is Prometheus 3.5.3.
const built = join(cacheFolder, 'bin', 'prometheus-3.5.3')

/**
 * Prometheus 3, whose OTLP receiver Debian's 2.42 lacks; built once into the repository's cache, which takes minutes.
 * In a module of our own: `go install` refuses it for its `exclude` lines. Go checks what it fetches by go.sum.
 * @throws Error when Go cannot build it.
 */
export const builtPrometheus = (): string => {
  if (existsSync(built)) return built
  const flags = ['-trimpath', '-ldflags=-s -w', '-o', built]
  const { status } = spawnSync(
    'go',
    ['build', ...flags, 'github.com/prometheus/prometheus/cmd/prometheus'],
    {
      cwd: join(import.meta.dirname, '../otlp-receiver'),
      stdio: 'inherit',
      // A go.work further up would take the build over.
      env: { ...process.env, GOWORK: 'off' },
    },
  )
  if (status !== 0) throw new Error('Prometheus 3 could not be built; what Go said is above')
  return built
}

export const isPrometheusBuilt = (): boolean => existsSync(built)
