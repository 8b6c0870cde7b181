import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { builtK6 } from './find-k6.ts'

export const k6Version = '2.2.0'

// What k6's own go.mod asks for. Debian's Go is 1.19.
const oldestGoMinor = 25

/** Go's version where it is new enough to build k6. */
export const usableGo = (): string | undefined => {
  const { stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', timeout: 10_000 })
  const minor = /^go1\.(\d+)/.exec(stdout ?? '')?.[1]
  return Number(minor ?? 0) >= oldestGoMinor ? stdout.trim() : undefined
}

/**
 * Builds k6 into the repository's cache and tells whether that worked.
 * In a module of our own: `go install k6@version` also asks which version is the newest, which a
 * proxy that keeps chosen versions cannot answer. Go checks the sums either way.
 */
export const buildK6 = (): boolean => {
  const cache = dirname(dirname(builtK6))
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'k6-'))
  try {
    const module = ['module build-k6', 'go 1.25.0', `require go.k6.io/k6/v2 v${k6Version}`, '']
    writeFileSync(join(folder, 'go.mod'), module.join('\n'))
    const flags = ['-mod=mod', '-trimpath', '-ldflags=-s -w', '-o', builtK6]
    const { status } = spawnSync('go', ['build', ...flags, 'go.k6.io/k6/v2'], {
      cwd: folder,
      stdio: 'inherit',
      // A go.work further up would take the build over.
      env: { ...process.env, GOWORK: 'off' },
    })
    return status === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
