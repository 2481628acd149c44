/** `lanmei verify` and `lanmei rebuild`. */
import type { Context } from '../context.ts'
import { rebuildStore } from '../proof/rebuild.ts'
import { type ProofProgress, type VerifyResult, verifyStore } from '../proof/verify.ts'
import type { Desk } from './messages.ts'
import { Stopped } from './stopped.ts'

export function verify(context: Context, _: unknown, desk: Desk): Promise<VerifyResult> {
  return verifyStore({ store: context.store, keys: context.journal.keys }, (at) => show(at, desk))
}

export function rebuild(context: Context, _: unknown, desk: Desk): Promise<VerifyResult> {
  return rebuildStore(context, (at) => show(at, desk))
}

function show({ phase, done, total }: ProofProgress, desk: Desk): void {
  if (desk.stopped()) throw new Stopped()
  desk.tell({ type: 'progress', label: `phase:${phase}`, done, total, unit: 'entries' })
}
