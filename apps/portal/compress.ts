/** Writes a Brotli and a gzip copy beside every text file of the client, so the node sends them without work. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const texts = /\.(js|mjs|css|json|svg)$/

export function compress(): Plugin {
  let folder = ''
  return {
    name: 'compress',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    configResolved(config) {
      folder = join(config.root, 'build/client')
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (!texts.test(entry)) continue
          const path = join(folder, entry)
          const bytes = readFileSync(path)
          const quality = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 }
          writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }))
          writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
        }
      },
    },
  }
}
