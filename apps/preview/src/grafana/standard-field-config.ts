import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  FieldType,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  ThresholdsMode,
  valueMappingsOverrideProcessor,
  type Field,
  type FieldConfigPropertyItem,
} from '@grafana/data'

/** The registries describe editors too; a preview edits nothing. */
export const noEditor = () => null

const editorIds = [
  'text',
  'number',
  'slider',
  'boolean',
  'radio',
  'select',
  'unit',
  'links',
  'stats-picker',
  'strings',
  'timezone',
  'fieldColor',
  'color',
  'multi-select',
  'field-name',
  'dashboard-uid',
  'mappings',
  'thresholds',
]

const always = () => true
const isNumber = (field: Field) => field.type === FieldType.number
const isNoTime = (field: Field) => field.type !== FieldType.time

const properties: ReadonlyArray<
  readonly [
    id: string,
    process: FieldConfigPropertyItem['process'],
    shouldApply: (field: Field) => boolean,
    defaultValue?: unknown,
  ]
> = [
  ['unit', stringOverrideProcessor, always],
  ['min', numberOverrideProcessor, isNumber],
  ['max', numberOverrideProcessor, isNumber],
  ['fieldMinMax', booleanOverrideProcessor, isNumber],
  ['decimals', numberOverrideProcessor, isNumber],
  ['displayName', displayNameOverrideProcessor, always],
  ['color', identityOverrideProcessor, always],
  ['noValue', stringOverrideProcessor, always],
  ['links', dataLinksOverrideProcessor, always],
  ['filterable', booleanOverrideProcessor, always],
  ['mappings', valueMappingsOverrideProcessor, isNoTime, []],
  [
    'thresholds',
    thresholdsOverrideProcessor,
    always,
    {
      mode: ThresholdsMode.Absolute,
      steps: [
        { value: -Infinity, color: 'green' },
        { value: 80, color: 'red' },
      ],
    },
  ],
]

/** Grafana's server fills these registries at its start; without them overrides and renamed columns are silently lost. */
export function registerStandardFieldConfig(): void {
  standardEditorsRegistry.setInit(() => editorIds.map((id) => ({ id, name: id, editor: noEditor })))
  standardFieldConfigEditorRegistry.setInit(() =>
    properties.map(([id, process, shouldApply, defaultValue]) => ({
      id,
      path: id,
      name: id,
      process,
      shouldApply,
      defaultValue,
      editor: noEditor,
      override: noEditor,
      settings: { expandTemplateVars: true },
      category: ['Standard options'],
    })),
  )
}
