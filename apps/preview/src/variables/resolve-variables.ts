import type { TimeRange } from '@grafana/data'
import { VariableSort, type VariableModel } from '@grafana/schema'
import { interpolator } from '../interpolation/interpolate.ts'
import { decideValue, type DashboardVariable } from './dashboard-variable.ts'
import type { LoadOptionTexts } from './load-option-texts.ts'
import { customOptions, optionsFromTexts, type VariableOption } from './variable-options.ts'
import { queryText } from './variable-query.ts'

export interface ResolveInput {
  readonly models: readonly VariableModel[]
  readonly fromUrl: Readonly<Record<string, readonly string[]>>
  readonly range: TimeRange
  readonly load: LoadOptionTexts
}

/** Decides every variable, those first on which others depend. */
export async function resolveVariables({
  models,
  fromUrl,
  range,
  load,
}: ResolveInput): Promise<DashboardVariable[]> {
  const resolved: DashboardVariable[] = []
  for (const model of inDependencyOrder(models)) resolved.push(await resolve(model))
  return models.flatMap((model) => resolved.filter(({ name }) => name === model.name))

  async function resolve(model: VariableModel): Promise<DashboardVariable> {
    const text = interpolator({ variables: resolved, range, defaultFormat: 'promql' })(
      queryText(model),
    )
    try {
      return decideValue(model, await options(model, text), fromUrl[model.name])
    } catch (error) {
      return decideValue(model, [], fromUrl[model.name], (error as Error).message)
    }
  }

  async function options(model: VariableModel, text: string): Promise<VariableOption[]> {
    switch (model.type) {
      case 'query':
        return optionsFromTexts(
          await load(text, range),
          model.regex ?? '',
          model.sort ?? VariableSort.disabled,
        )
      case 'datasource':
        return [{ value: 'prometheus', text: 'Prometheus' }]
      case 'textbox':
      case 'constant':
        return [{ value: text, text }]
      default:
        return customOptions(text)
    }
  }
}

function inDependencyOrder(models: readonly VariableModel[]): VariableModel[] {
  const ordered: VariableModel[] = []
  const visit = (model: VariableModel, path: readonly VariableModel[]) => {
    // A cycle has no right order; it ends here instead of never.
    if (ordered.includes(model) || path.includes(model)) return
    models
      .filter((other) => mentions(model, other.name))
      .forEach((other) => visit(other, [...path, model]))
    ordered.push(model)
  }
  models.forEach((model) => visit(model, []))
  return ordered
}

const mentions = (model: VariableModel, name: string) =>
  new RegExp(`\\$(?:${name}\\b|\\{${name}[:}.])`).test(queryText(model))
