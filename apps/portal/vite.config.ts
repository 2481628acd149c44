/** Build of the portal: a client folder of static files and a server bundle that stands on its own. */
import { fileURLToPath } from 'node:url'
import { reactRouter } from '@react-router/dev/vite'
import { defineConfig, type Plugin } from 'vite'
import { compress } from './compress.ts'
import { geography } from './geography/plugin.ts'

/** The font packages name an old WOFF beside each WOFF2; every browser we serve reads WOFF2, so the other is left out. */
function woff2Only(): Plugin {
  return {
    name: 'woff2-only',
    enforce: 'pre',
    transform(code, id) {
      if (!/@fontsource.*\.css/.test(id)) return
      return code.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, '')
    },
  }
}

export default defineConfig({
  plugins: [geography(import.meta.dirname), woff2Only(), reactRouter(), compress()],
  resolve: { dedupe: ['react', 'react-dom', 'react-router'] },
  server: { fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] } },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1200 },
  environments: {
    ssr: {
      resolve: { noExternal: true },
      build: { rollupOptions: { input: './server.ts' } },
    },
  },
})
