import { run } from './run.ts'

process.exitCode = run('node', [
  '--conditions=cx-source',
  'bench/src/alert-simulation.ts',
  ...process.argv.slice(2),
])
  ? 0
  : 1
