import { css } from '@emotion/css'
import type { GrafanaTheme2 } from '@grafana/data'
import { Combobox, Input, MultiCombobox, Tooltip, useStyles2 } from '@grafana/ui'
import { allValue } from '../interpolation/variable-value.ts'
import { chosenValues, type DashboardVariable } from '../variables/dashboard-variable.ts'

interface VariablePickerProps {
  readonly variable: DashboardVariable
  readonly onChange: (values: readonly string[]) => void
}

export function VariablePicker({ variable, onChange }: VariablePickerProps) {
  const styles = useStyles2(pickerStyles)
  const { model, name, error } = variable
  const id = `var-${name}`
  const label = (
    <label className={styles.label} htmlFor={id}>
      {model.label || name}
    </label>
  )
  const explained = error ?? model.description
  return (
    <div className={styles.picker} data-testid={`variable-${name}`}>
      {model.hide !== 1 && (explained ? <Tooltip content={explained}>{label}</Tooltip> : label)}
      <Control id={id} variable={variable} onChange={onChange} />
    </div>
  )
}

function Control({ id, variable, onChange }: VariablePickerProps & { id: string }) {
  const { model, options, text, error } = variable
  const chosen = [...chosenValues(variable)]
  const items = options.map(({ value, text: label }) => ({ value, label }))
  const size = { width: 'auto', minWidth: 12, maxWidth: 40 } as const
  if (model.type === 'textbox')
    return (
      <Input
        id={id}
        key={text}
        defaultValue={text}
        width={20}
        onBlur={({ currentTarget }) => onChange([currentTarget.value])}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
      />
    )
  if (model.type === 'datasource' && items.length === 1)
    return (
      <Combobox
        id={id}
        {...size}
        options={items}
        value={items[0]}
        disabled
        onChange={() => undefined}
      />
    )
  if (model.multi)
    return (
      <MultiCombobox
        id={id}
        {...size}
        options={items}
        value={chosen.filter(Boolean).map((value) => ({ value, label: labelOf(variable, value) }))}
        onChange={(picked) =>
          onChange(
            withoutContradiction(
              picked.map(({ value }) => String(value)),
              chosen,
            ),
          )
        }
      />
    )
  return (
    <Combobox
      id={id}
      {...size}
      createCustomValue={model.allowCustomValue ?? true}
      invalid={Boolean(error)}
      options={items}
      value={{ value: chosen[0] ?? '', label: text }}
      onChange={({ value }) => onChange([value])}
    />
  )
}

const labelOf = ({ options }: DashboardVariable, value: string) =>
  options.find((option) => option.value === value)?.text ?? value

/** "All" and single values exclude each other: what was picked last counts. */
function withoutContradiction(
  picked: readonly string[],
  former: readonly string[],
): readonly string[] {
  if (!picked.includes(allValue)) return picked
  return former.includes(allValue) ? picked.filter((value) => value !== allValue) : [allValue]
}

const pickerStyles = (theme: GrafanaTheme2) => ({
  picker: css({ display: 'flex', alignItems: 'stretch' }),
  label: css({
    display: 'flex',
    alignItems: 'center',
    margin: 0,
    padding: theme.spacing(0, 1),
    height: theme.spacing(theme.components.height.md),
    border: `1px solid ${theme.components.input.borderColor}`,
    borderRight: 0,
    borderRadius: `${theme.shape.radius.default} 0 0 ${theme.shape.radius.default}`,
    background: theme.components.input.background,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.size.sm,
    fontWeight: theme.typography.fontWeightMedium,
    whiteSpace: 'nowrap',
  }),
})
