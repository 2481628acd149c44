/** Writes the JSON Schemas of all records, blocks and codes to the contract folder given as the first argument. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BlockBody, FlaggingBody } from './block.ts'
import { flags } from './flag.ts'
import { kinds } from './kinds.ts'
import { noticeCodes } from './notice.ts'
import { problemCodes } from './problem.ts'
import { RecordBody } from './record.ts'

/** Files of the contract by path inside `contract/`, as text. */
export function contractFiles(): Record<string, string> {
  const files: Record<string, string> = {}
  const put = (path: string, value: unknown) => {
    files[path] = `${JSON.stringify(value, null, 2)}\n`
  }
  for (const kind of Object.values(kinds))
    put(`records/${kind.kind}.schema.json`, {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      'x-version': kind.version,
      ...kind.schema,
    })
  put('records/record-body.schema.json', {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...RecordBody,
  })
  put('observations/block.schema.json', {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...BlockBody,
  })
  put('observations/flagging.schema.json', {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...FlaggingBody,
  })
  put('observations/flags.json', flags)
  put(
    'notices.json',
    Object.fromEntries(
      Object.entries(noticeCodes).map(([code, [severity, text]]) => [code, { severity, text }]),
    ),
  )
  const rows = Object.entries(problemCodes).map(([code, text]) => `| \`${code}\` | ${text} |`)
  files['errors.md'] =
    `# Problems\n\nEvery refusal is an RFC 9457 problem document (\`application/problem+json\`) whose \`code\` is one of these.\n\n| code | meaning |\n|---|---|\n${rows.join('\n')}\n`
  return files
}

if (import.meta.main) {
  const folder = process.argv[2] ?? 'contract'
  for (const [path, text] of Object.entries(contractFiles())) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}
