import { readFile } from 'node:fs/promises'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { DefinitionError } from 'cx-definition'
import { defaultConfig } from './load-config.ts'

export const defaultPrometheus = 'http://127.0.0.1:9090'

const help = `cx-dashboards: dashboards from a typed catalog

  cx-dashboards build    writes them as files
  cx-dashboards diff     says what publishing would change, and changes nothing
  cx-dashboards publish  does exactly that: in Grafana, in Datadog, to rules and routes
  cx-dashboards annotate marks a deployment on its graphs
  cx-dashboards preview  shows them in a browser, with no Grafana, while you edit
  cx-dashboards check    tells what in it cannot work, what its rules cost, and proves them
  cx-dashboards backtest tells when alerts would have fired, and what a change makes of it
  cx-dashboards shadow   tells what monitors in Datadog told beside an old tracker's alerts

Options
  --config FILE      what to generate (default: ${defaultConfig})
  --out FOLDER       build: where to (default: generated); backtest: where to write backtest.json
  --schema v1|v2     build: Grafana's classic schema, or the one of its API v2 (default: v1)
  --provisioning     build: also a folder for Grafana to read its dashboards from
  --prometheus URL   preview, backtest: where the data is (default: ${defaultPrometheus});
                     check: what to compare the catalog with (default: nothing)
  --scrape-interval SECONDS  preview, check: how often that Prometheus scrapes (default: 15)
  --host HOST        preview: where to listen (default: 127.0.0.1)
  --port PORT        preview: where to listen (default: 3000)
  --from, --to TIME  backtest, shadow: over what time, such as 2026-11-01 or 2026-11-01T10:00Z;
                     preview --png: as in Grafana, such as now-6h and now
  --alerts FILE      shadow: what the old tracker told, with the columns time,team,title,url
  --against FILE     backtest: a changed config to compare --config with;
                     diff: the folder that an earlier build wrote
  --step SPAN        backtest: how often alerts are evaluated, 5s to 5m (default: 1m)
  --backtest FILE    preview: a backtest.json to show on /backtest
  --synthetic        preview: invented data of the catalog, before any service emits
  --prometheus-binary FILE   preview --synthetic: the Prometheus to use (default: that of PATH)
  --png FOLDER       preview: takes a picture of each dashboard instead
  --theme THEME      preview --png: dark or light (default: dark)
  --retention SPAN   check: how long data is kept, such as 30d (default: what Prometheus says)
  --grafana          publish, diff: the Grafana at GRAFANA_URL (default, where nothing else is
                     named); preview: marks what differs from it
  --datadog          publish, diff: Datadog (default, where nothing else is named, the set has
                     datadog.monitors, and DD_API_KEY and DD_APP_KEY are set)
  --rules FOLDER     publish, diff: where Prometheus loads its rules from
  --ruler URL        publish, diff: a ruler of Mimir's kind
  --alertmanager FILE  publish, diff: the configuration of an Alertmanager; our part of it
  --markdown         diff: for a pull request's comment; shadow: for a ticket
  --overwrite        publish, diff: also over what a person changed or made under the same name
  --prune            publish, diff: also removes what this set published and no longer has;
                     publish asks first
  --yes              publish --prune: without asking
  --text, --tags, --time, --end  annotate: what to say, tags with commas between, from when to when
  --json             backtest, check, diff, shadow: JSON instead of text
  --verbose          errors with their stack
  --version, --help

publish reads GRAFANA_TOKEN or GRAFANA_TOKEN_FILE, or GRAFANA_USER and GRAFANA_PASSWORD,
DD_API_KEY and DD_APP_KEY or files in DD_API_KEY_FILE and DD_APP_KEY_FILE, and RULER_TENANT,
RULER_TOKEN and the like; so do diff and, of Datadog, shadow. backtest and check read
PROMETHEUS_TOKEN and the like.
`

const options = {
  config: { type: 'string', default: defaultConfig },
  out: { type: 'string' },
  schema: { type: 'string', default: 'v1' },
  provisioning: { type: 'boolean', default: false },
  prometheus: { type: 'string' },
  'scrape-interval': { type: 'string', default: '15' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '3000' },
  from: { type: 'string' },
  to: { type: 'string' },
  alerts: { type: 'string' },
  against: { type: 'string' },
  grafana: { type: 'boolean', default: false },
  datadog: { type: 'boolean', default: false },
  rules: { type: 'string' },
  ruler: { type: 'string' },
  alertmanager: { type: 'string' },
  markdown: { type: 'boolean', default: false },
  overwrite: { type: 'boolean', default: false },
  prune: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  text: { type: 'string' },
  tags: { type: 'string' },
  time: { type: 'string' },
  end: { type: 'string' },
  step: { type: 'string', default: '1m' },
  backtest: { type: 'string' },
  synthetic: { type: 'boolean', default: false },
  'prometheus-binary': { type: 'string' },
  png: { type: 'string' },
  theme: { type: 'string', default: 'dark' },
  retention: { type: 'string' },
  json: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  version: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options']

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options, allowPositionals: true })

export type CliOptions = ReturnType<typeof parse>['values']

// Loaded when called for: a build needs no web server, and --help needs nothing.
const commands: Record<string, () => Promise<(options: CliOptions) => Promise<number | void>>> = {
  build: async () => (await import('./commands/build-command.ts')).buildCommand,
  diff: async () => (await import('./commands/diff-command.ts')).diffCommand,
  publish: async () => (await import('./commands/publish-command.ts')).publishCommand,
  annotate: async () => (await import('./commands/annotate-command.ts')).annotateCommand,
  preview: async () => (await import('./commands/preview-command.ts')).previewCommand,
  check: async () => (await import('./commands/check-command.ts')).checkCommand,
  backtest: async () => (await import('./commands/backtest-command.ts')).backtestCommand,
  shadow: async () => (await import('./commands/shadow-command.ts')).shadowCommand,
}

/** Runs a command line; resolves to the exit code and never rejects. */
export const main = async (args: readonly string[]): Promise<number> => {
  try {
    return await run(args)
  } catch (error) {
    console.error(`cx-dashboards: ${explain(error, args.includes('--verbose'))}`)
    return 1
  }
}

const run = async (args: readonly string[]): Promise<number> => {
  const { positionals, values } = parse(args)
  if (values.version) {
    console.log(await version())
    return 0
  }
  if (values.help || positionals.length === 0) {
    console.log(help)
    return values.help ? 0 : 1
  }
  const [name = ''] = positionals
  if (positionals.length > 1 || !Object.hasOwn(commands, name)) {
    const known = Object.keys(commands).join(', ')
    throw new Error(`${JSON.stringify(positionals.join(' '))} is no command. Use one of ${known}.`)
  }
  const command = await (commands[name] as (typeof commands)[string])()
  return (await command(values)) ?? 0
}

const explain = (error: unknown, verbose: boolean): string => {
  if (!(error instanceof Error)) return String(error)
  // Two copies of cx-definition may be installed, so the name tells, not the class.
  if (error.name === DefinitionError.name && !verbose) return error.message
  return verbose ? (error.stack ?? error.message) : error.message
}

const version = async (): Promise<string> => {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
