import { countProblems, type Objective, quote, spokenDuration, spokenPercent } from 'cx-definition'
import { goodRatio } from '../promql/queries.ts'
import { environmentScope } from './environment.ts'
import { notEnoughData, units } from './house-style.ts'
import { numberPanel } from './numbers.ts'
import { type SizedPanel, sizedPanel } from './panel.ts'

/** What an objective stands at in the time range, coloured by its target. */
export const objectiveNumber = ({
  indicator,
  name,
  target,
  title,
  window,
}: Objective): SizedPanel =>
  sizedPanel(
    ({ dimension }) =>
      numberPanel(goodRatio(indicator, environmentScope(dimension), '$__range'), {
        title,
        description: `Share of ${indicator.description} in the time range. Promised: ${spokenPercent(target)} over ${spokenDuration(window)}.`,
        line: { value: target.ratio, better: 'higher' },
        none: notEnoughData,
      })
        .unit(units.ratio)
        .decimals(2)
        .min(0)
        .max(1),
    { width: 4, height: 4 },
    // It may be none of the catalog's, which checks its own.
    countProblems(`objective(${quote(name)}).indicator`, indicator),
  )
