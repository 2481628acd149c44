/** Writes the OpenAPI document to the contract folder given as the first argument. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiDocument } from './openapi.ts'

/** Files of the contract by path inside `contract/`, as text. */
export function contractFiles(): Record<string, string> {
  return { 'openapi.json': `${JSON.stringify(openApiDocument('http://localhost:8080', '0.1.0'), null, 2)}\n` }
}

if (import.meta.main) {
  const folder = process.argv[2] ?? 'contract'
  mkdirSync(folder, { recursive: true })
  for (const [path, text] of Object.entries(contractFiles())) writeFileSync(join(folder, path), text)
}
