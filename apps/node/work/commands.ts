/** The commands of the command line that need the node, by name. Each brings its own code: looking at keys needs no readers. */
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import type { Desk } from './messages.ts'

type Within = {
  within(): Promise<(context: Context, request: never, desk: Desk) => Promise<object> | object>
}
/** Work that must come before anything is opened. */
type Alone = {
  alone(): Promise<(config: Config, log: Logger, request: never, desk: Desk) => Promise<object>>
}

export const commands: Readonly<Record<string, Within | Alone>> = {
  load: { within: async () => (await import('./load.ts')).load },
  verify: { within: async () => (await import('./proof.ts')).verify },
  rebuild: { within: async () => (await import('./proof.ts')).rebuild },
  quality: { within: async () => (await import('./quality.ts')).quality },
  backup: { within: async () => (await import('../backup/backup.ts')).backup },
  restore: { alone: async () => (await import('../backup/restore.ts')).restore },
  keys: { within: async () => (await import('./facts.ts')).keys },
  node: { within: async () => (await import('./facts.ts')).node },
  status: { within: async () => (await import('./facts.ts')).status },
}
