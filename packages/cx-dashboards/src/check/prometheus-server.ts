import { seconds } from 'cx-definition'
import type { Prometheus } from '../publishers/prometheus-api.ts'
import type { Finding } from './finding.ts'
import { defaultRetention, prometheusDuration, type Retention } from './retention.ts'

const path = '--prometheus'

// The first that keeps an alert firing: https://github.com/prometheus/prometheus/releases/tag/v2.42.0
const leastVersion = { major: 2, minor: 42 } as const

/** Whether a server can evaluate what is generated. */
export const versionFindings = (version: string): Finding[] => {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? []
  if (major === undefined) {
    return [
      {
        severity: 'note',
        path,
        message: 'it does not tell which Prometheus it is compatible with',
        remedy: `The rules need keep_firing_for, which Prometheus has since ${leastVersion.major}.${leastVersion.minor}`,
      },
    ]
  }
  const isNew =
    Number(major) > leastVersion.major ||
    (Number(major) === leastVersion.major && Number(minor) >= leastVersion.minor)
  if (isNew) return []
  return [
    {
      severity: 'error',
      path,
      message: `it is Prometheus ${version}, which refuses rules with keep_firing_for`,
      remedy: `Use Prometheus ${leastVersion.major}.${leastVersion.minor} or newer`,
    },
  ]
}

/** What the server's command line says; undefined where it does not tell, as other servers with this interface. */
export const retentionOf = async ({ flags }: Prometheus): Promise<Retention | undefined> => {
  const given = await flags()
  const time = given['storage.tsdb.retention.time']
  if (time === undefined) return undefined
  const kept = prometheusDuration(time)
  const source = 'by its own --storage.tsdb.retention.time'
  if (kept && kept.seconds > 0) return { kept, source }
  // Not given. Where only a size is, there is no limit of time.
  const size = given['storage.tsdb.retention.size'] ?? '0B'
  if (!/^0\D*$/.test(size)) return { kept: seconds(Infinity), source }
  return {
    kept: prometheusDuration(defaultRetention) ?? seconds(0),
    source: 'Prometheus’ default, since it is not told otherwise',
  }
}
