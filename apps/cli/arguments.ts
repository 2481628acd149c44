/** The command line read: which command, its paths and options; or what is wrong with it. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { summaries, texts } from './texts.ts'

/** Told to the user as it is; exit status 2. */
export class UsageFault extends Error {}

export type Command = keyof typeof summaries
export type Asked = {
  command: Command
  json: boolean
  strict: boolean
  /** Paths are absolute. What the work is told. */
  request: Record<string, unknown>
}

type Options = Record<string, { type: 'boolean' | 'string'; multiple?: boolean }>
const json = { type: 'boolean' } as const
const options: Record<Command, Options> = {
  load: {
    json,
    'station-table': { type: 'string', multiple: true },
    'create-stations': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    strict: { type: 'boolean' },
    reason: { type: 'string' },
    format: { type: 'string' },
    profile: { type: 'string' },
  },
  verify: { json },
  rebuild: { json },
  quality: { json, 'dry-run': { type: 'boolean' } },
  backup: { json },
  restore: { json, replace: { type: 'boolean' } },
  keys: { json },
  node: { json },
  status: { json },
  password: { json, 'end-second-factor': { type: 'boolean' } },
  help: {},
}

/** Reads the words behind `lanmei`. @throws UsageFault */
export function readArguments(words: string[]): Asked {
  const [first = 'help', ...rest] = words
  const command = first === '--help' || first === '-h' ? 'help' : first
  if (!Object.hasOwn(summaries, command))
    throw new UsageFault(texts.unknownCommand(command, nearest(command, Object.keys(summaries))))
  if (rest.includes('--help') || rest.includes('-h'))
    return { command: 'help', json: false, strict: false, request: { about: command } }
  const { allTables, words: own } = command === 'load' ? bareTables(rest) : { allTables: false, words: rest }
  const { values, positionals } = parse(command as Command, own)
  const request = requestOf(command as Command, values, positionals, allTables)
  return { command: command as Command, json: values.json === true, strict: values.strict === true, request }
}

type Values = Record<string, string | boolean | string[] | undefined>

function parse(command: Command, words: string[]): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: options[command],
      allowPositionals: true,
      strict: true,
    })
    return { values: values as Values, positionals }
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    const option = /'?(--?[\w-]+)/.exec(message)?.[1] ?? ''
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new UsageFault(texts.unknownOption(option, command))
    throw new UsageFault(
      /does not take an argument/.test(message)
        ? texts.optionTakesNoValue(option)
        : texts.optionNeedsValue(option),
    )
  }
}

/** `--station-table` with nothing behind it means that all paths are tables. */
function bareTables(words: string[]): { allTables: boolean; words: string[] } {
  const isBare = (word: string, i: number) =>
    word === '--station-table' && (words[i + 1] === undefined || words[i + 1].startsWith('-'))
  return { allTables: words.some(isBare), words: words.filter((word, i) => !isBare(word, i)) }
}

function requestOf(
  command: Command,
  values: Values,
  positionals: string[],
  allTables: boolean,
): Record<string, unknown> {
  const paths = positionals.map((path) => resolve(path))
  switch (command) {
    case 'load': {
      const tables = ((values['station-table'] ?? []) as string[]).map((path) => resolve(path))
      if (!paths.length && !tables.length) throw new UsageFault(texts.needsPath(command))
      return {
        paths: allTables ? [] : paths,
        tables: allTables ? [...tables, ...paths] : tables,
        createStations: values['create-stations'] === true,
        dryRun: values['dry-run'] === true,
        reason: values.reason,
        format: values.format,
        profile: values.profile === undefined ? undefined : readProfile(values.profile as string),
      }
    }
    case 'backup':
    case 'restore':
      if (!paths.length) throw new UsageFault(texts.needsPath(command))
      if (paths.length > 1) throw new UsageFault(texts.onePath(command))
      return { path: paths[0], replace: values.replace === true }
    case 'quality':
      return { series: positionals, dryRun: values['dry-run'] === true }
    case 'password':
      if (positionals.length !== 1) throw new UsageFault(texts.needsAddress(command))
      return { email: positionals[0], endSecondFactor: values['end-second-factor'] === true }
    case 'help':
      return { about: positionals[0] }
    default:
      if (paths.length) throw new UsageFault(texts.noPath(command))
      return {}
  }
}

function readProfile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageFault(texts.profileUnreadable(file, (error as Error).message))
  }
}

/** The name that shares most pairs of letters with a misspelt one. */
export function nearest(name: string, names: string[]): string {
  const pairs = (text: string) =>
    new Set(Array.from({ length: text.length + 1 }, (_, i) => ` ${text} `.slice(i, i + 2)))
  const own = pairs(name)
  const score = (other: string) => {
    const theirs = pairs(other)
    return own.intersection(theirs).size / (own.size + theirs.size)
  }
  return names.toSorted((a, b) => score(b) - score(a))[0]
}
