import { type Alerting } from '../alerting.ts'
import { anyOf, equals } from '../alertmanager/matcher.ts'
import { labels } from '../promql/labels.ts'
import { block, paragraphs } from './markdown.ts'

/**
 * How to keep one alert quiet, in every environment that pages.
 * @param remark what to change in the command, in Markdown
 */
export const silencing = (
  { environments }: Pick<Alerting, 'environments'>,
  matchers: readonly string[],
  remark?: string,
): string =>
  paragraphs(
    '## Silence it',
    'While you work on it and everybody knows. The budget is spent all the same.',
    block('sh', silenceCommand([...matchers, environmentMatcher(environments)])),
    remark,
    'Leave a matcher out to silence more; `amtool silence query` shows what is silent.',
  )

export const silenceCommand = (matchers: readonly string[]): string =>
  [
    'amtool silence add --alertmanager.url="$ALERTMANAGER_URL"',
    '--author="$USER" --comment="why, and who knows" --duration=1h',
    ...matchers.map(shellQuoted),
  ].join(' \\\n  ')

const environmentMatcher = (environments: readonly string[]): string => {
  const [only, ...others] = environments
  return only !== undefined && others.length === 0
    ? equals(labels.environment, only)
    : anyOf(labels.environment, environments)
}

/** For a POSIX shell, in which nothing is special between single quotes but one of them. */
const shellQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** How to take a time out of an objective's budget. */
export const excluding = (name: string): string =>
  paragraphs(
    '## Take the time out of the budget',
    'Where it was none of the service’s doing, or was announced. Add it to the `exclusions` of the catalog, in UTC, and build again:',
    block(
      'ts',
      [
        'exclusion({',
        "  from: 'YYYY-MM-DDTHH:MM:00Z',",
        "  to: 'YYYY-MM-DDTHH:MM:00Z',",
        "  reason: 'what happened, and where it is written up',",
        `  objectives: objectives.filter(({ name }) => name === '${name}'),`,
        '})',
      ].join('\n'),
    ),
    'Without `objectives` it holds for all. It pages nobody while it lasts, also when it is declared ahead, with `every` for what comes each week.',
  )
