import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { cacheFolder } from '../root.ts'
import { findDebianTools } from './find-debian-tools.ts'

export interface AlertmanagerTools {
  readonly alertmanager: string
  readonly amtool: string
  /** Where Alertmanager must be started to find its templates. */
  readonly home: string
}

const folder = 'alertmanager'

/** Alertmanager on PATH, or Debian's package unpacked into the repository's cache. */
export const findAlertmanager = (log: (line: string) => void): AlertmanagerTools => {
  const { alertmanager, amtool } = findDebianTools(
    {
      title: 'Alertmanager',
      debianPackage: 'prometheus-alertmanager',
      onMacOs: 'sudo port install alertmanager',
      folder,
      programs: {
        alertmanager: ['alertmanager', 'prometheus-alertmanager'],
        amtool: ['amtool'],
      },
    },
    log,
  )
  const isUnpacked = alertmanager.startsWith(join(cacheFolder, folder))
  return {
    alertmanager: isUnpacked ? relocated(alertmanager) : alertmanager,
    amtool,
    home: resolve(dirname(alertmanager), '../..'),
  }
}

/**
 * Debian's build reads its templates from a fixed place, which is empty where the package is unpacked and not installed. A copy of
 * the program looks below the folder that it is started in: a path of the same length, as package managers relocate programs.
 */
const relocated = (program: string): string => {
  const copy = join(dirname(program), 'alertmanager')
  if (existsSync(copy)) return copy
  const bytes = readFileSync(program)
  const [fixed, relative] = [
    '/usr/share/prometheus/alertmanager',
    'usr//share/prometheus/alertmanager',
  ]
  for (let at = bytes.indexOf(fixed); at >= 0; at = bytes.indexOf(fixed, at + 1)) {
    bytes.write(relative, at)
  }
  // Another process may look for it at the same time.
  const unfinished = `${copy}.${process.pid}`
  writeFileSync(unfinished, bytes)
  chmodSync(unfinished, 0o755)
  renameSync(unfinished, copy)
  return copy
}
