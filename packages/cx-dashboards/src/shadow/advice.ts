import { spokenSpan } from '../backtest/spoken-time.ts'
import { counted } from '../check/spoken-number.ts'
import type { TeamComparison } from './compare-alerts.ts'

/** Shorter than that, and a team's usual trouble need not have come. */
const longEnough = 14 * 86_400
// Less is the time between two evaluations.
const noticeably = 5 * 60

/** What a team looks at before its monitors tell people; nothing where all speaks for it. */
export const adviceFor = (of: TeamComparison): readonly string[] => {
  const { both, monitors, onlyDatadog, onlyOld } = of
  if (monitors.length === 0) {
    return [
      'No monitor of this set is this team’s. Write the name of an owner of the catalog into the column team, or leave these alerts out.',
    ]
  }
  const nothing = both.length + onlyDatadog.length + onlyOld.length === 0
  return [
    ...shortness(of),
    ...muted(of),
    ...(nothing
      ? [
          'Neither told anything, so that nothing is compared. Wait for an incident, or make one on purpose.',
        ]
      : []),
    ...(onlyOld.length > 0
      ? [
          `Look at the ${counted(onlyOld.length, 'alert')} that the old tracker alone told. Where customers were hit, a monitor is missing or too deaf; where not, nothing is lost without.`,
        ]
      : []),
    ...(onlyDatadog.length > 0
      ? [
          `Look at the ${counted(onlyDatadog.length, 'firing')} that Datadog alone told. Where nothing was broken, people would be called for nothing.`,
        ]
      : []),
    ...lateness(of),
  ]
}

const shortness = ({ end, start }: TeamComparison): string[] =>
  end - start >= longEnough
    ? []
    : [
        `Compared over ${spokenSpan(end - start)} only. Watch for two weeks at least, so that usual trouble has come.`,
      ]

/** Of what is muted no event is written down: https://docs.datadoghq.com/api/latest/monitors/mute-all-monitors */
const muted = ({ monitors }: TeamComparison): string[] => {
  const titles = monitors.filter(({ isMuted }) => isMuted).map(({ title }) => title)
  return titles.length === 0
    ? []
    : [`Muted, and perhaps silent for that reason: ${titles.join('; ')}. Unmute before you judge.`]
}

const lateness = ({ both }: TeamComparison): string[] => {
  const late = both.filter(({ later }) => later > noticeably)
  return late.length === 0
    ? []
    : [
        `Datadog was later in ${late.length} of ${both.length} that both told, by ${spokenSpan(Math.max(...late.map(({ later }) => later)))} at most. Would that have mattered?`,
      ]
}
