/** All settings of a node: one table of names, and the pure function that reads them. Nothing else looks at the environment. */
import { resolve } from 'node:path'
import { problem } from '@lanmei/model/problem'

type Setting<T> = { readonly doc: string; readonly standard: string; read(text: string, name: string): T }

/** What a setting may be wrong with, in the operator's words. */
function invalid(name: string, read: string, expected: string) {
  return problem('setting-invalid', { name, read, expected })
}

function whole(minimum: number, maximum: number) {
  return (text: string, name: string) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= minimum && value <= maximum))
      throw invalid(name, text, `a whole number from ${minimum} to ${maximum}`)
    return value
  }
}

function oneOf<const T extends string>(...choices: T[]) {
  return (text: string, name: string): T => {
    if (!(choices as string[]).includes(text)) throw invalid(name, text, choices.join(' or '))
    return text as T
  }
}

function address(...protocols: string[]) {
  return (text: string, name: string): string | undefined => {
    if (text === '') return undefined
    const url = URL.canParse(text) ? new URL(text) : undefined
    // The value can hold a password, so it is not repeated.
    if (!url || !protocols.includes(url.protocol))
      throw invalid(name, '(not shown)', `an address that begins with ${protocols.join(' or ')}`)
    return text
  }
}

const words = (text: string) => text
const orNothing = (text: string) => (text === '' ? undefined : text)

function id(text: string, name: string): string | undefined {
  if (text !== '' && !/^[a-z0-9][a-z0-9-]{0,39}$/.test(text))
    throw invalid(name, text, 'small letters, digits and hyphens, 40 at most')
  return orNothing(text)
}

/** Every name that begins with LANMEI_, what it is for, and what holds when it is not set ('' for nothing). */
export const settings = {
  LANMEI_PORT: {
    doc: 'Port of the web server; 0 takes any free one',
    standard: '8080',
    read: whole(0, 65535),
  },
  LANMEI_HOST: {
    doc: 'Address the web server listens on; 0.0.0.0 or :: for every network of the machine',
    standard: 'localhost',
    read: words,
  },
  LANMEI_PUBLIC_URL: {
    doc: 'Address under which people reach the node, e.g. https://water.example.org; http://localhost:PORT when empty',
    standard: '',
    read: address('http:', 'https:'),
  },
  LANMEI_TRUST_PROXY: {
    doc: 'Address or network of the proxy in front whose X-Forwarded-For is believed; several with commas',
    standard: '',
    read: orNothing,
  },
  LANMEI_DATA: {
    doc: 'Folder for everything the node keeps',
    standard: './data',
    read: (text: string) => resolve(text),
  },
  LANMEI_DATABASE_URL: {
    doc: 'PostgreSQL 15 or later of the operator; the node brings its own when empty',
    standard: '',
    read: address('postgres:', 'postgresql:'),
  },
  LANMEI_PARTY: {
    doc: 'Party this node speaks for (kh, cn, la, mm, th, vn); the first set-up may say another',
    standard: '',
    read: id,
  },
  LANMEI_NODE: {
    doc: 'Name of this node in its journal; fixed with the first entry. <party>-node when empty, or node-<key> where no party is set',
    standard: '',
    read: id,
  },
  LANMEI_KEY_PASSPHRASE: { doc: 'Encrypts the signing key on disk', standard: '', read: orNothing },
  LANMEI_DEMO: {
    doc: 'off: start empty, without the simulated demonstration',
    standard: 'on',
    read: oneOf('on', 'off'),
  },
  LANMEI_LOG_LEVEL: {
    doc: 'How much is logged',
    standard: 'info',
    read: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  },
  LANMEI_MQTT_URL: {
    doc: 'MQTT broker of the operator; the node brings its own when empty',
    standard: '',
    read: address('mqtt:', 'mqtts:', 'ws:', 'wss:'),
  },
  LANMEI_MQTT_HOST: { doc: 'Address the own broker listens on', standard: '127.0.0.1', read: words },
  LANMEI_MQTT_PORT: { doc: 'Port of the own broker; 0: no broker', standard: '18830', read: whole(0, 65535) },
  LANMEI_JOBS: {
    doc: 'off: this process takes no work from the queue',
    standard: 'on',
    read: oneOf('on', 'off'),
  },
  LANMEI_INBOX: {
    doc: 'Folder that is watched for files to load; inbox in the data folder when empty, off for none',
    standard: '',
    read: orNothing,
  },
  LANMEI_UPLOAD_MAXIMUM_MB: {
    doc: 'Largest file that can be uploaded',
    standard: '2048',
    read: whole(1, 1_000_000),
  },
  LANMEI_UPLOAD_KEEP_HOURS: { doc: 'How long an upload is kept', standard: '72', read: whole(1, 8760) },
  LANMEI_DISK_MINIMUM_MB: {
    doc: 'With less free space than this the node stops taking in',
    standard: '512',
    read: whole(0, 100_000_000),
  },
  LANMEI_READS_PER_MINUTE: {
    doc: 'Requests one address may send in a minute; 0: no limit',
    standard: '6000',
    read: whole(0, 100_000_000),
  },
  LANMEI_SIGN_INS_PER_MINUTE: {
    doc: 'Attempts to sign in or to set up from one address in a minute',
    standard: '10',
    read: whole(1, 100_000),
  },
  LANMEI_SECOND_FACTOR_GRACE_DAYS: {
    doc: 'Days an officer or administrator may work before a second factor is needed; 0: at once',
    standard: '7',
    read: whole(0, 3650),
  },
  LANMEI_TILE_SOURCE: {
    doc: 'Style address of a tile source for the map, where the operator has one',
    standard: '',
    read: address('http:', 'https:'),
  },
  LANMEI_OIDC_ISSUER: {
    doc: 'Issuer address of an OpenID Connect service people may sign in with',
    standard: '',
    read: address('https:', 'http:'),
  },
  LANMEI_OIDC_CLIENT_ID: { doc: 'Client id at that service', standard: '', read: orNothing },
  LANMEI_OIDC_CLIENT_SECRET: { doc: 'Client secret at that service', standard: '', read: orNothing },
  LANMEI_OIDC_NAME: {
    doc: 'What the sign-in page calls that service',
    standard: 'OpenID Connect',
    read: words,
  },
} as const satisfies Record<string, Setting<unknown>>

type Name = keyof typeof settings
type ValueOf<N extends Name> = ReturnType<(typeof settings)[N]['read']>

export type Config = {
  readonly port: number
  readonly host: string
  /** Without a slash at the end. */
  readonly publicUrl: string
  readonly trustProxy?: string
  /** Absolute. */
  readonly data: string
  readonly databaseUrl?: string
  /** What LANMEI_PARTY says, `la` without it; the set-up may say another: `context.party` is what holds. */
  readonly party: string
  /** '' until the context is open, where neither LANMEI_NODE nor LANMEI_PARTY is set: `context.config.nodeId` is never ''. */
  readonly nodeId: string
  readonly keyPassphrase?: string
  readonly demo: 'on' | 'off'
  readonly logLevel: ValueOf<'LANMEI_LOG_LEVEL'>
  readonly mqttUrl?: string
  readonly mqttHost: string
  readonly mqttPort: number
  readonly jobs: 'on' | 'off'
  /** Absolute; undefined: no folder is watched. */
  readonly inbox?: string
  readonly uploadMaximumMb: number
  readonly uploadKeepHours: number
  readonly diskMinimumFreeMb: number
  readonly readsPerMinute: number
  readonly signInsPerMinute: number
  readonly secondFactorGraceDays: number
  readonly tileSource?: string
  readonly oidc?: {
    readonly issuer: string
    readonly clientId: string
    readonly clientSecret: string
    readonly name: string
  }
}

/**
 * Reads the settings out of an environment. Pure.
 * @throws setting-unknown for a name with our prefix that does not exist, setting-invalid for a value that cannot be used
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  for (const name of Object.keys(env))
    if (name.startsWith('LANMEI_') && !(name in settings))
      throw problem('setting-unknown', { name, nearest: nearest(name, Object.keys(settings)) })
  const get = <N extends Name>(name: N) => {
    const setting: Setting<unknown> = settings[name]
    return setting.read(env[name]?.trim() || setting.standard, name) as ValueOf<N>
  }
  const port = get('LANMEI_PORT')
  const data = get('LANMEI_DATA')
  const party = get('LANMEI_PARTY')
  const inbox = get('LANMEI_INBOX')
  const issuer = get('LANMEI_OIDC_ISSUER')
  const clientId = get('LANMEI_OIDC_CLIENT_ID')
  const clientSecret = get('LANMEI_OIDC_CLIENT_SECRET')
  if (issuer && !(clientId && clientSecret))
    throw invalid(
      'LANMEI_OIDC_ISSUER',
      issuer,
      'LANMEI_OIDC_CLIENT_ID and LANMEI_OIDC_CLIENT_SECRET beside it',
    )
  return {
    port,
    host: get('LANMEI_HOST'),
    publicUrl: (get('LANMEI_PUBLIC_URL') ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    trustProxy: get('LANMEI_TRUST_PROXY'),
    data,
    databaseUrl: get('LANMEI_DATABASE_URL'),
    party: party ?? 'la',
    nodeId: get('LANMEI_NODE') ?? (party ? `${party}-node` : ''),
    keyPassphrase: get('LANMEI_KEY_PASSPHRASE'),
    demo: get('LANMEI_DEMO'),
    logLevel: get('LANMEI_LOG_LEVEL'),
    mqttUrl: get('LANMEI_MQTT_URL'),
    mqttHost: get('LANMEI_MQTT_HOST'),
    mqttPort: get('LANMEI_MQTT_PORT'),
    jobs: get('LANMEI_JOBS'),
    inbox: inbox === 'off' ? undefined : inbox ? resolve(inbox) : resolve(data, 'inbox'),
    uploadMaximumMb: get('LANMEI_UPLOAD_MAXIMUM_MB'),
    uploadKeepHours: get('LANMEI_UPLOAD_KEEP_HOURS'),
    diskMinimumFreeMb: get('LANMEI_DISK_MINIMUM_MB'),
    readsPerMinute: get('LANMEI_READS_PER_MINUTE'),
    signInsPerMinute: get('LANMEI_SIGN_INS_PER_MINUTE'),
    secondFactorGraceDays: get('LANMEI_SECOND_FACTOR_GRACE_DAYS'),
    tileSource: get('LANMEI_TILE_SOURCE'),
    oidc:
      issuer && clientId && clientSecret
        ? { issuer, clientId, clientSecret, name: get('LANMEI_OIDC_NAME') }
        : undefined,
  }
}

/** The name that takes the fewest single-letter changes to reach (Levenshtein distance). */
export function nearest(name: string, names: string[]): string {
  const distance = (a: string, b: string) => {
    let row = Array.from({ length: b.length + 1 }, (_, j) => j)
    for (let i = 1; i <= a.length; i++) {
      const next = [i]
      for (let j = 1; j <= b.length; j++)
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
      row = next
    }
    return row[b.length]
  }
  return names.reduce((best, other) => (distance(name, other) < distance(name, best) ? other : best))
}
