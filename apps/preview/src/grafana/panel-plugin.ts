import {
  FieldType,
  identityOverrideProcessor,
  PanelPlugin,
  type FieldColorModeId,
  type FieldConfigProperty,
  type PanelPluginMeta,
  type PanelProps,
} from '@grafana/data'
import type { ComponentType } from 'react'
import { noEditor } from './standard-field-config.ts'

export interface PanelDefinition<Options> {
  readonly id: string
  readonly component: ComponentType<PanelProps<Options>>
  /** Options by path, with the value a dashboard may leave out. */
  readonly options: Readonly<Record<string, unknown>>
  /** Custom field properties by path, with their default; a property that is not named here is dropped by Grafana's code. */
  readonly custom: Readonly<Record<string, unknown>>
  /** Of those, what a time axis does not take over from the defaults. */
  readonly notForTime?: readonly string[]
  readonly color: FieldColorModeId
}

/** A panel type in Grafana's own form, so that its code applies defaults and overrides. */
export function panelPlugin<Options extends object>({
  id,
  component,
  options,
  custom,
  notForTime = [],
  color,
}: PanelDefinition<Options>): PanelPlugin {
  const plugin = new PanelPlugin(component as unknown as ComponentType<PanelProps>)
  plugin.meta = { id, name: id } as PanelPluginMeta
  return plugin
    .useFieldConfig({
      standardOptions: {
        ['color' as FieldConfigProperty.Color]: { defaultValue: { mode: color }, settings: {} },
      },
      useCustomConfig: (builder) => {
        for (const [path, defaultValue] of Object.entries(custom))
          builder.addCustomEditor({
            id: path,
            path,
            name: path,
            defaultValue,
            editor: noEditor,
            override: noEditor,
            process: identityOverrideProcessor,
            shouldApply: (field) => !notForTime.includes(path) || field.type !== FieldType.time,
            settings: {},
          })
      },
    })
    .setPanelOptions((builder) => {
      for (const [path, defaultValue] of Object.entries(options))
        builder.addCustomEditor({ id: path, path, name: path, defaultValue, editor: noEditor })
    })
}
