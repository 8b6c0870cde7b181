import { cp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const grafanaUi = dirname(fileURLToPath(import.meta.resolve('@grafana/ui/package.json')))

/** Grafana's components fetch their icons at run time from this address. A few that they use are not in the package: `icons` has them. */
function copyIcons(): Plugin {
  return {
    name: 'copy-icons',
    async writeBundle({ dir = 'dist' }) {
      const images = join(dir, 'public/build/img')
      await cp(join(grafanaUi, 'dist/public/img'), images, { recursive: true })
      await cp(here('icons'), join(images, 'icons'), { recursive: true })
    },
  }
}

/** Its style sheet names font files that are not in the package: each would be a 404. */
function leaveOutFonts(): Plugin {
  return {
    name: 'leave-out-fonts',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source === './fonts.mjs' && importer?.includes('GlobalStyles')
        ? here('src/stand-ins/grafana-fonts.ts')
        : null,
  }
}

export default defineConfig({
  plugins: [react(), copyIcons(), leaveOutFonts()],
  resolve: {
    alias: {
      '@monaco-editor/react': here('src/stand-ins/monaco-editor-react.tsx'),
      'monaco-editor': here('src/stand-ins/monaco-editor.ts'),
    },
  },
  // Grafana's packages read it as a global of Node.
  define: { 'process.env': '{}' },
  build: {
    chunkSizeWarningLimit: 4000,
    target: 'es2023',
    // It is shipped inside cx-dashboards.
    license: { fileName: 'third-party-licenses.md' },
  },
})
