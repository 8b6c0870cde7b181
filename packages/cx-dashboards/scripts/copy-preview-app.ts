// The preview is an app of this repository; its built assets are shipped inside this package.
import { cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const from = fileURLToPath(new URL('../../../apps/preview/dist', import.meta.url))
const to = fileURLToPath(new URL('../dist/preview-app', import.meta.url))

rmSync(to, { recursive: true, force: true })
cpSync(from, to, { recursive: true })
