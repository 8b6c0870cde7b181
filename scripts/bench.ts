import { run } from './run.ts'

const steps = [
  () =>
    run('nx', [
      'run-many',
      '-t',
      'build',
      '-p',
      'cx-metrics,cx-dashboards',
      '--output-style=static',
    ]),
  () => run('node', ['bench/src/recording.ts']),
  () => run('node', ['bench/src/scraping.ts']),
  () => run('node', ['bench/src/throughput.ts']),
  () => run('node', ['bench/src/sizes.ts']),
  () => run('node', ['bench/src/dashboards.ts']),
  () => run('node', ['bench/src/preview.ts']),
]
process.exitCode = steps.every((step) => step()) ? 0 : 1
