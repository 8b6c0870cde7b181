import { formula } from './formula.ts'
import { type Asked, metricQuery } from './metric-query.ts'
import type { DatadogWorld } from './recorded.ts'
import { rumCount } from './rum-count.ts'

export interface MonitorJson {
  readonly type: string
  readonly query: string
  readonly options: {
    readonly on_missing_data?: string
    readonly variables?: readonly RumVariable[]
  }
}

export interface RumVariable {
  readonly name: string
  readonly search: { readonly query: string }
  readonly group_by: readonly { readonly facet: string }[]
}

export interface SloJson {
  readonly thresholds: readonly { readonly target: number }[]
  readonly sli_specification: {
    readonly count: {
      readonly queries: readonly { readonly name: string; readonly query: string }[]
    }
  }
}

/** Generated objects by their names. */
export interface DatadogObjects {
  readonly monitors: ReadonlyMap<string, MonitorJson>
  readonly slos: ReadonlyMap<string, SloJson>
}

/** Whether a monitor alerts at a minute. */
export type State = (minute: number) => boolean

/**
 * Judges generated monitors as Datadog documents that it does: a count's sum over the window before arithmetic, long windows
 * less often, `on_missing_data`. What it does not document is supposed: where no events came, a budget does not burn.
 * @returns the states of a monitor. @throws Error where one cannot be read
 */
export const judge = ({ monitors, slos }: DatadogObjects, world: DatadogWorld) => {
  const known = new Map<string, State>()
  const asked = new Map<string, Asked>()
  const ask = (query: string) => remembered(asked, query, () => metricQuery(query, world.metrics))
  const stateOf = (name: string): State =>
    remembered(known, name, () => {
      const monitor = monitors.get(name) ?? fail(name)
      if (monitor.type === 'composite') return composite(monitor.query, stateOf)
      if (monitor.type === 'slo alert') return burn(monitor.query, slos, ask)
      if (monitor.type === 'rum alert') return rum(monitor, world)
      return metric(monitor, ask)
    })
  return stateOf
}

const composite = (query: string, stateOf: (name: string) => State): State => {
  const tokens = query.match(/cx-ref\(monitor\/[\w-]+\)|&&|\|\||[()]/g) ?? []
  if (tokens.join('') !== query.replaceAll(' ', '')) fail(query)
  const next = () => tokens.shift() ?? fail(query)
  const one = (): State => {
    const token = next()
    if (token !== '(') return stateOf(/\/([\w-]+)\)/.exec(token)?.[1] ?? fail(query))
    const inner = any()
    return next() === ')' ? inner : fail(query)
  }
  const every = (): State => chained('&&', one, (states, at) => states.every((each) => each(at)))
  const any = (): State => chained('||', every, (states, at) => states.some((each) => each(at)))
  const chained = (
    sign: string,
    inner: () => State,
    joined: (states: readonly State[], minute: number) => boolean,
  ): State => {
    const states = [inner()]
    while (tokens[0] === sign) {
      tokens.shift()
      states.push(inner())
    }
    return (minute) => joined(states, minute)
  }
  const whole = any()
  return tokens.length === 0 ? whole : fail(query)
}

const burn = (
  query: string,
  slos: DatadogObjects['slos'],
  ask: (query: string) => Asked,
): State => {
  const [, name = '', long = '', short = '', factor] =
    /^burn_rate\("cx-ref\(slo\/([\w-]+)\)"\)\.over\("(?:7|30|90)d"\)\.long_window\("(\d+h)"\)\.short_window\("(\d+m)"\) > ([\d.]+)$/.exec(
      query,
    ) ?? fail(query)
  const { sli_specification, thresholds } = slos.get(name) ?? fail(name)
  const [good, total] = ['good', 'total'].map((of) =>
    ask(sli_specification.count.queries.find((each) => each.name === of)?.query ?? fail(name)),
  )
  const budget = 1 - (thresholds[0]?.target ?? 0) / 100
  const burns = (window: number, minute: number) => {
    const all = total?.(minute - window, minute) ?? 0
    const bad = all - (good?.(minute - window, minute) ?? 0)
    return all > 0 && bad / all / budget > Number(factor)
  }
  const [longest, shortest] = [minutesOf(long), minutesOf(short)]
  return everySoOften(longest, (minute) => burns(longest, minute) && burns(shortest, minute))
}

const metric = ({ options, query }: MonitorJson, ask: (query: string) => Asked): State => {
  const [, window = '', expression = '', sign, threshold] =
    /^(?:sum|max)\(last_(\d+[mhd])\):(.*) ([<>]) ([\d.]+)$/.exec(query) ?? fail(query)
  const length = minutesOf(window)
  const value = formula(expression)
  const queries = new Set(
    expression.match(/[a-z]+(?:\([^)]*\))?:[\w.]+\{[^}]*\}(?:\.as_count\(\))?/g),
  )
  return everySoOften(length, (minute) => {
    const found = new Map([...queries].map((each) => [each, ask(each)(minute - length, minute)]))
    if ([...found.values()].every((each) => each === undefined)) {
      // What was never there is not missed.
      const wasThere = [...queries].some((each) => ask(each)(0, minute) !== undefined)
      return wasThere && options.on_missing_data === 'show_and_notify_no_data'
    }
    const result = value((operand) => found.get(operand) ?? 0)
    return sign === '<' ? result < Number(threshold) : result > Number(threshold)
  })
}

/** One state for all groups: any of them. */
const rum = ({ options, query }: MonitorJson, world: DatadogWorld): State => {
  const [, expression = '', window = '', threshold] =
    /^formula\("(.*)"\)\.last\("(\d+h)"\) > ([\d.]+)$/.exec(query) ?? fail(query)
  const value = formula(expression)
  const variables = options.variables ?? []
  return (minute) => {
    const counts = new Map(
      variables.map((each) => [
        each.name,
        rumCount(each, world.rum, minute - minutesOf(window), minute),
      ]),
    )
    const groups = new Set([...counts.values()].flatMap((each) => [...each.keys()]))
    return [...groups].some(
      (group) => value((name) => counts.get(name)?.get(group) ?? NaN) > Number(threshold),
    )
  }
}

// https://docs.datadoghq.com/monitors/configuration, "Evaluation frequency"
const everySoOften = (window: number, state: State): State => {
  const often = window < 24 * 60 ? 1 : window < 48 * 60 ? 10 : 30
  return (minute) => state(minute - (minute % often))
}

const minutesOf = (window: string): number =>
  Number.parseInt(window, 10) * ({ m: 1, h: 60, d: 24 * 60 }[window.at(-1) ?? ''] ?? fail(window))

const remembered = <Value>(known: Map<string, Value>, key: string, make: () => Value): Value => {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

const fail = (text: string): never => {
  throw new Error(`it cannot be read: ${text}`)
}
