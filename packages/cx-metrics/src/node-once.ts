/** On the process, so that another copy of this package finds it as well. */
const startedBy = Symbol.for('cx-metrics.started-by')
const holder = process as { [startedBy]?: string | undefined }

/**
 * One start is shown: a second would push every request twice, and two that listen to SIGTERM would each leave the
 * process' end to the other.
 * @returns why there is no other start now; nothing when this one has the process
 */
export const takeProcess = (): string | undefined => {
  const first = holder[startedBy]
  if (first === undefined) {
    // A bundle may have no folder to tell.
    holder[startedBy] = import.meta.dirname ?? 'a bundle'
    return undefined
  }
  return (
    `cx-metrics was started in this process before, by ${first}; what this start records is not shown. ` +
    'Start it once: in the code or by --import cx-metrics/register, and from one copy (npm ls cx-metrics shows them).'
  )
}

export const leaveProcess = (): void => {
  holder[startedBy] = undefined
}
