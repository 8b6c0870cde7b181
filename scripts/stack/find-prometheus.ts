import { findDebianTools } from './find-debian-tools.ts'

export interface PrometheusTools {
  readonly prometheus: string
  readonly promtool: string
}

/** Prometheus on PATH, or Debian's package unpacked into the repository's cache. */
export const findPrometheus = (log: (line: string) => void): PrometheusTools =>
  findDebianTools(
    {
      title: 'Prometheus',
      debianPackage: 'prometheus',
      onMacOs: 'brew install prometheus',
      folder: 'prometheus',
      programs: { prometheus: ['prometheus'], promtool: ['promtool'] },
    },
    log,
  )
