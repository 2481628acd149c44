/** What work for the command line tells the process that started it; the same shapes stand in apps/cli/work.ts. */
import type { Notice } from '@lanmei/model/notice'
import type { Counts } from '../take-in/counts.ts'

export type Message =
  | {
      type: 'progress'
      /** Name of what is worked on, or the code of a phase. */
      label: string
      done: number
      total: number
      unit: 'bytes' | 'entries' | 'rows' | 'series'
      counts?: Counts
    }
  | { type: 'notice'; notice: Notice }
  /** A sentence the command line knows by this code. */
  | { type: 'say'; code: string }
  | { type: 'result'; result: object }
  | { type: 'problem'; code: string; details: Record<string, unknown>; message: string }

/** What a piece of work is given besides its request. */
export type Desk = {
  tell(message: Message): void
  /** True after Ctrl-C, or when nobody listens any more: stop at the next border. */
  stopped(): boolean
}
