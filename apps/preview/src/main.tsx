import { locationUtil } from '@grafana/data'
import { initPluginTranslations } from '@grafana/i18n'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { loadFont } from './grafana/load-font.ts'
import { registerStandardFieldConfig } from './grafana/standard-field-config.ts'
import { registerStandardTransformers } from './grafana/standard-transformers.ts'
import { followLinksInside } from './navigation.ts'

declare global {
  interface Window {
    /** Where Grafana's components look for icons and fonts. */
    __grafana_public_path__?: string
  }
}

// oxlint-disable-next-line no-underscore-dangle -- Grafana's name
window.__grafana_public_path__ = '/public/'
registerStandardFieldConfig()
registerStandardTransformers()
locationUtil.initialize({
  config: { appSubUrl: '' } as never,
  getVariablesUrlParams: () => ({}),
  getTimeRangeForUrl: () => ({}) as never,
})
followLinksInside()

// The components' texts are English in their source; without this they warn at every one.
await initPluginTranslations('grafana')
await loadFont()
createRoot(document.getElementById('root')!).render(<App />)
