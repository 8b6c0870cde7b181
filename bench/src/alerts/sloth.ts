import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { cacheFolder } from './folders.ts'
import { metric, promised } from './simulated-catalog.ts'

const slothVersion = '0.16.0'

const built = join(cacheFolder, 'bin', `sloth-${slothVersion}`)

/**
 * What Sloth makes of the same objective.
 * @throws Error where Go cannot build Sloth, or Sloth refuses
 */
export const slothRules = (alert: string): string => {
  if (!existsSync(built)) buildSloth()
  return inFolder((folder) => {
    writeFileSync(join(folder, 'slo.yml'), stringify(specification(alert)))
    run(built, ['generate', '--input', 'slo.yml', '--out', 'rules.yml'], folder)
    return readFileSync(join(folder, 'rules.yml'), 'utf8')
  })
}

/** In a module of our own: `go install sloth@version` also asks for the newest, which not every proxy answers. */
const buildSloth = (): void =>
  inFolder((folder) => {
    const module = [
      'module build-sloth',
      'go 1.25.0',
      `require github.com/slok/sloth v${slothVersion}`,
    ]
    writeFileSync(join(folder, 'go.mod'), `${module.join('\n')}\n`)
    const flags = ['-mod=mod', '-trimpath', '-ldflags=-s -w', '-o', built]
    run('go', ['build', ...flags, 'github.com/slok/sloth/cmd/sloth'], folder)
  })

const specification = (alert: string) => ({
  version: 'prometheus/v1',
  service: 'documents',
  slos: [
    {
      name: 'availability',
      objective: promised.percent,
      sli: {
        events: {
          error_query: query('outcome="server_error",'),
          total_query: query(''),
        },
      },
      alerting: {
        name: alert,
        page_alert: { labels: { severity: 'page' } },
        ticket_alert: { labels: { severity: 'ticket' } },
      },
    },
  ],
})

const query = (outcome: string): string =>
  `sum(rate(${metric.name}{${outcome}service_name="${metric.labels.service_name}",http_route="${metric.labels.http_route}"}[{{.window}}]))`

const inFolder = <T>(use: (folder: string) => T): T => {
  const folder = mkdtempSync(join(cacheFolder, 'sloth-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const run = (program: string, args: readonly string[], folder: string): void => {
  // A go.work further up would take the build over.
  const env = { ...process.env, GOWORK: 'off' }
  const { status, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args[0]} failed: ${stderr ?? 'not found'}`)
}
