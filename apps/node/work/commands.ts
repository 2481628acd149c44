/** The commands of the command line that need the node, by name. */
import type { Logger } from 'pino'
import { backup } from '../backup/backup.ts'
import { restore } from '../backup/restore.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { keys, node, status } from './facts.ts'
import { load } from './load.ts'
import type { Desk } from './messages.ts'
import { password } from './password.ts'
import { rebuild, verify } from './proof.ts'
import { quality } from './quality.ts'

type Within = {
  within(context: Context, request: never, desk: Desk): Promise<object> | object
}
/** Work that must come before anything is opened. */
type Alone = { alone(config: Config, log: Logger, request: never, desk: Desk): Promise<object> }

export const commands: Readonly<Record<string, Within | Alone>> = {
  load: { within: load },
  verify: { within: (context, _, desk) => verify(context, desk) },
  rebuild: { within: (context, _, desk) => rebuild(context, desk) },
  quality: { within: quality },
  backup: { within: backup },
  restore: { alone: restore },
  keys: { within: keys },
  node: { within: node },
  status: { within: status },
  password: { within: password },
}
