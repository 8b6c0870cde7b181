import { isBuiltin } from 'node:module'

export interface Project {
  /** Relative to the root, such as `packages/cx-metrics`. */
  readonly folder: string
  readonly manifest: {
    readonly name: string
    readonly dependencies?: Readonly<Record<string, string>>
    readonly devDependencies?: Readonly<Record<string, string>>
    readonly peerDependencies?: Readonly<Record<string, string>>
  }
}

export interface FileImports {
  /** Relative to the root. */
  readonly file: string
  /** With subpath, such as `cx-metrics/fastify`. */
  readonly packages: readonly string[]
  /** Where relative imports lead, relative to the root. */
  readonly paths: readonly string[]
}

// Who may import which package of this repository: see docs/architecture.md.
const allowedPackages: Readonly<Record<string, readonly string[]>> = {
  'cx-definition': [],
  'cx-metrics': ['cx-definition'],
  'cx-dashboards': ['cx-definition'],
  'rum-boundary': ['cx-definition'],
}

// What a web app may import of a project: nothing here needs Node.
const pureProjects = new Set(['cx-definition'])

// Inside cx-dashboards: each layer may import those it names, and itself.
const dashboardLayers: Readonly<Record<string, readonly string[]>> = {
  promql: [],
  artifact: [],
  'page-address': [],
  'yaml-text': [],
  grafana: ['promql'],
  alertmanager: ['artifact', 'promql', 'yaml-text'],
  kubernetes: ['artifact', 'yaml-text'],
  alerting: ['alertmanager', 'kubernetes', 'page-address'],
  prometheus: ['alerting', 'artifact', 'page-address', 'promql', 'yaml-text'],
  runbooks: ['alerting', 'alertmanager', 'artifact', 'page-address', 'prometheus', 'promql'],
  'grafana-alerting': ['alerting', 'artifact', 'grafana', 'prometheus', 'promql'],
  lint: ['artifact', 'yaml-text'],
  'own-artifacts': ['artifact'],
  datadog: ['artifact', 'page-address'],
  'dashboard-set': ['alerting', 'artifact', 'datadog', 'grafana', 'lint'],
  build: [
    'dashboard-set',
    'alerting',
    'alertmanager',
    'artifact',
    'datadog',
    'grafana',
    'grafana-alerting',
    'kubernetes',
    'lint',
    'own-artifacts',
    'page-address',
    'prometheus',
    'runbooks',
  ],
  provisioning: ['artifact', 'build', 'dashboard-set', 'yaml-text'],
  'schema-v2': ['artifact', 'build', 'dashboard-set', 'grafana'],
  publishers: ['artifact', 'datadog', 'grafana'],
  publish: ['diff', 'plan', 'publishers'],
  backtest: ['alerting', 'build', 'dashboard-set', 'prometheus', 'promql', 'publishers'],
  shadow: ['backtest', 'check', 'datadog', 'diff', 'publishers', 'runbooks'],
  check: [
    'alerting',
    'alertmanager',
    'artifact',
    'build',
    'dashboard-set',
    'lint',
    'prometheus',
    'promql',
    'publishers',
  ],
  plan: [
    'alertmanager',
    'build',
    'dashboard-set',
    'check',
    'datadog',
    'grafana',
    'grafana-alerting',
    'prometheus',
    'promql',
    'publishers',
  ],
  diff: [
    'alertmanager',
    'build',
    'check',
    'dashboard-set',
    'plan',
    'prometheus',
    'promql',
    'runbooks',
  ],
  'lint-dashboards': ['build', 'dashboard-set', 'check'],
  'load-config': ['build', 'dashboard-set'],
  preview: [
    'build',
    'dashboard-set',
    'diff',
    'grafana',
    'load-config',
    'prometheus',
    'promql',
    'publishers',
    'yaml-text',
  ],
  commands: [
    'artifact',
    'backtest',
    'build',
    'dashboard-set',
    'check',
    'cli',
    'datadog',
    'diff',
    'grafana',
    'load-config',
    'plan',
    'preview',
    'provisioning',
    'publish',
    'publishers',
    'runbooks',
    'schema-v2',
    'shadow',
  ],
  cli: ['commands', 'load-config'],
  index: [
    'alerting',
    'alertmanager',
    'artifact',
    'build',
    'dashboard-set',
    'check',
    'datadog',
    'grafana',
    'lint',
    'lint-dashboards',
  ],
}

/** A line for each import that the house does not allow or that no manifest declares. */
export const problemsOf = (projects: readonly Project[], files: readonly FileImports[]): string[] =>
  files.flatMap(({ file, packages, paths }) => {
    const project = projects.find(({ folder }) => file.startsWith(`${folder}/`))
    if (!project) return []
    return [
      ...paths.map((path) => pathProblem(project, file, path)),
      ...packages.map((specifier) => packageProblem(project, projects, file, specifier)),
    ].flatMap((problem) => (problem === undefined ? [] : [`${file}: ${problem}`]))
  })

const packageProblem = (
  project: Project,
  projects: readonly Project[],
  file: string,
  specifier: string,
): string | undefined => {
  const { folder, manifest } = project
  if (isBuiltin(specifier)) {
    return pureProjects.has(manifest.name) && !isTest(file)
      ? `${specifier} is Node's; ${manifest.name} is pure`
      : undefined
  }
  const name = packageOf(specifier)
  const target = projects.find((each) => each.manifest.name === name)
  if (target && target !== project) {
    if (folder.startsWith('packages/') && !target.folder.startsWith('packages/')) {
      return `a package may not import the app ${name}`
    }
    const allowed = allowedPackages[manifest.name]
    if (allowed && !allowed.includes(name)) return `${manifest.name} may not import ${name}`
  }
  return isDeclared(project, name, file)
    ? undefined
    : `${name} is not declared in ${folder}/package.json`
}

// The stack that `npm start` starts is the one that the end-to-end tests look at.
const pathProblem = ({ folder }: Project, file: string, path: string): string | undefined => {
  if (path.startsWith(`${folder}/`)) return layerProblem(folder, file, path)
  if (folder === 'e2e' && path.startsWith('scripts/')) return undefined
  // A fake that unit tests and end-to-end tests both need is no part of a package.
  if (folder === 'e2e' && path.startsWith('packages/cx-dashboards/fakes/')) return undefined
  if (path === 'vitest.config.ts') return undefined
  return `${path} is reached by a path; import the package by its name`
}

const layerProblem = (folder: string, file: string, path: string): string | undefined => {
  const source = `${folder}/src/`
  if (folder !== 'packages/cx-dashboards' || isTest(file) || !file.startsWith(source))
    return undefined
  const [from, to] = [file, path].map((each) => layerOf(each.slice(source.length)))
  if (from === undefined || to === undefined || from === to) return undefined
  const allowed = dashboardLayers[from]
  if (!allowed) return `${from} is a new layer; say in scripts/boundaries.ts what it may import`
  return allowed.includes(to) ? undefined : `${from} may not import ${to}`
}

const layerOf = (path: string): string => (path.split('/')[0] as string).replace(/\.tsx?$/, '')

const isTest = (file: string): boolean =>
  /\.(test|long)\.tsx?$/.test(file) || /\/(fakes|testing)\//.test(file)

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** Tests and tools may use what the root declares for all, and a package's own name. */
const isDeclared = ({ folder, manifest }: Project, name: string, file: string): boolean => {
  const { dependencies, devDependencies, peerDependencies } = manifest
  if (name === manifest.name) return true
  if (name in { ...dependencies, ...peerDependencies }) return true
  const shipped =
    folder.startsWith('packages/') && file.startsWith(`${folder}/src/`) && !isTest(file)
  if (shipped) return false
  // k6 brings its own modules; npm has their types only.
  return (
    name in { ...devDependencies } ||
    `@types/${name}` in { ...devDependencies } ||
    rootTools.has(name)
  )
}

const rootTools = new Set([
  '@arethetypeswrong/core',
  'ajv',
  'fast-check',
  'nx',
  'oxc-parser',
  'oxfmt',
  'publint',
  'vitest',
  'yaml',
])
