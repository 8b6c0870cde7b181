import {
  createTheme,
  type InterpolateFunction,
  type ScopedVars,
  type TimeRange,
} from '@grafana/data'
import { dataMacro } from './data-macros.ts'
import { formats, promql, type Value } from './format-value.ts'
import { timeRangeParameters, variableParameters } from './link-parameters.ts'
import type { VariableValue } from './variable-value.ts'

export interface InterpolationContext {
  readonly variables: readonly VariableValue[]
  readonly range: TimeRange
  /** `__interval` and its like, which are known only where a query is made. */
  readonly builtIns?: Readonly<Record<string, string>>
  /** Where nothing else is said: `promql` in queries, `text` in titles, `html` in notes, `glob` elsewhere. */
  readonly defaultFormat?: string
}

// ${name}, ${name.path}, ${name["path"]}, ${name:format:arguments} and $name
const expression = /\$\{(\w+)((?:\.[^.:}[\]]+|\["[^"]*"\]|\[[^\]]*\])*)(?::([^}]+))?\}|\$(\w+)/g
const theme = createTheme()

export function interpolator(context: InterpolationContext): InterpolateFunction {
  return (target = '', scoped = {}, format) =>
    target.replace(
      expression,
      (
        match,
        braced: string | undefined,
        path: string | undefined,
        ownFormat: string | undefined,
        bare: string | undefined,
      ) => {
        const fallback =
          typeof format === 'string' && format ? format : (context.defaultFormat ?? 'glob')
        return (
          replacement(
            braced ?? bare ?? '',
            pathSegments(path ?? ''),
            ownFormat ?? fallback,
            scoped,
            context,
          ) ?? match
        )
      },
    )
}

function replacement(
  name: string,
  path: readonly string[],
  format: string,
  scoped: ScopedVars,
  context: InterpolationContext,
): string | undefined {
  if (name === '__url_time_range') return timeRangeParameters(context.range)
  if (name === '__all_variables') return variableParameters(context.variables)
  const builtIn = context.builtIns?.[name] ?? rangeMacro(name, context.range)
  if (builtIn !== undefined)
    return formatAs(format === 'promql' ? 'raw' : format, builtIn, { name, text: builtIn })
  const fromData = dataMacro(name, path, scoped, theme) ?? scoped[name]?.value
  if (fromData !== undefined)
    return formatAs(format, String(fromData), {
      name,
      text: scoped[name]?.text ?? String(fromData),
    })
  const variable = context.variables.find((candidate) => candidate.name === name)
  return variable && formatVariable(format, variable)
}

function formatVariable(format: string, variable: VariableValue): string {
  if (format === 'queryparam') return variableParameters([variable])
  if (variable.isAll && variable.allValue !== undefined)
    return format === 'text' ? variable.text : variable.allValue
  if (format === 'promql') return promql(variable.value, variable.isRegex)
  return formatAs(format, variable.value, variable)
}

function formatAs(format: string, value: Value, variable: { name: string; text: string }): string {
  const [id = '', ...args] = format.split(':')
  return (formats[id] ?? formats['glob']!)(value, variable, args)
}

function rangeMacro(name: string, { from, to }: TimeRange): string | undefined {
  const milliseconds = to.valueOf() - from.valueOf()
  const seconds = String(Math.round(milliseconds / 1000))
  const macros = {
    __from: String(from.valueOf()),
    __to: String(to.valueOf()),
    __range: `${seconds}s`,
    __range_s: seconds,
    __range_ms: String(milliseconds),
  }
  return Object.hasOwn(macros, name) ? macros[name as keyof typeof macros] : undefined
}

const pathSegments = (path: string) =>
  [...path.matchAll(/\.([^.[\]]+)|\["([^"]*)"\]|\[([^\]]*)\]/g)].map(
    (part) => part[1] ?? part[2] ?? part[3] ?? '',
  )
