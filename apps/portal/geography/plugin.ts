/** Puts the ground of the map into public/geo before the client is built. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { groundGeoJson, groundSvg, makeGround } from './make.ts'

export function geography(root: string): Plugin {
  return {
    name: 'geography',
    config() {
      const folder = join(root, 'public/geo')
      mkdirSync(folder, { recursive: true })
      const ground = makeGround()
      writeFileSync(join(folder, 'ground.json'), groundGeoJson(ground))
      writeFileSync(join(folder, 'ground.svg'), groundSvg(ground))
    },
  }
}
