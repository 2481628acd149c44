/** Who may read what: public things everybody, all else the signed-in people and keys of this node. */
import { problem } from '@lanmei/model/problem'
import type { Asker } from '../http/bind.ts'

/** Whose eyes an answer is made for. */
export type Eyes = 'public' | 'inside'

export function eyesOf(asker: Asker): Eyes {
  return asker.kind === 'nobody' ? 'public' : 'inside'
}

export function mayRead(eyes: Eyes, audience: string): boolean {
  return audience === 'public' || eyes === 'inside'
}

/** @throws not-allowed when the asker may not read a thing of this audience */
export function checkMayRead(asker: Asker, audience: string, details: Record<string, unknown>): void {
  if (!mayRead(eyesOf(asker), audience)) throw problem('not-allowed', { ...details, audience })
}
