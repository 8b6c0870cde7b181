import { budgetRatio, type Objective } from 'cx-definition'

/** Events that the objective's whole window holds at its declared traffic; undefined where none is declared. */
export const eventsInWindow = ({ traffic, window }: Objective): number | undefined =>
  traffic && (traffic.perHour * window.seconds) / 3600

/** Of those, the ones that may fail. */
export const budgetEvents = (objective: Objective): number | undefined => {
  const events = eventsInWindow(objective)
  return events === undefined ? undefined : events * budgetRatio(objective.target)
}
