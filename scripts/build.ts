import { run } from './run.ts'

process.exitCode = run('nx', ['run-many', '-t', 'build', '--output-style=static']) ? 0 : 1
