/** The first thing a proof found to be otherwise than it must be, in plain words. */

export type DifferenceKind = 'journal' | 'body' | 'table'

export class Difference extends Error {
  readonly kind: DifferenceKind
  /** The table or the part of the journal. */
  readonly place: string

  constructor(kind: DifferenceKind, place: string, sentence: string) {
    super(sentence)
    this.name = 'Difference'
    this.kind = kind
    this.place = place
  }
}
