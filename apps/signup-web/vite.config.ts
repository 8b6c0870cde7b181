import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Two apps in one build: what they share is loaded once. */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['cx-source', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    // A data: URL would be text of its own to a replay, and the policy allows none.
    assetsInlineLimit: 0,
    rolldownOptions: { input: { signup: here('index.html'), product: here('product.html') } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/cx': 'http://127.0.0.1:8080' } },
})
