// The suites that take minutes: run them before an issue that they belong to is called resolved.
import { run } from './run.ts'

process.exitCode = run('nx', ['run-many', '-t', 'test:long', '--output-style=static']) ? 0 : 1
