import { standardTransformers, standardTransformersRegistry } from '@grafana/data'
import { noEditor } from './standard-field-config.ts'

export function registerStandardTransformers(): void {
  // Some stand there twice, under an old name.
  const byId = new Map(Object.values(standardTransformers).map((info) => [info.id, info]))
  const old = { ...standardTransformers.joinByFieldTransformer, id: 'seriesToColumns' }
  standardTransformersRegistry.setInit(() =>
    [...byId.values(), ...(byId.has(old.id) ? [] : [old])].map((info) => ({
      id: info.id,
      name: info.name,
      transformation: () => Promise.resolve(info),
      editor: noEditor,
      imageDark: '',
      imageLight: '',
    })),
  )
}
