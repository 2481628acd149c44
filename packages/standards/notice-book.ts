/** Collects the notices of one file, so that a file full of faults fills neither the memory nor the report. */
import { type Notice, type NoticeCode, notice } from '@lanmei/model/notice'
import { visible } from './text/decode.ts'

/** So many notices of one code are given with their place; the rest comes as one with the sum of what it refused. */
const placedAtMost = 1000

export class NoticeBook {
  readonly file: string
  private pending: Notice[] = []
  private readonly counts = new Map<NoticeCode, number>()
  private readonly rest = new Map<NoticeCode, { count: number; refused: number; line?: number }>()
  private readonly said = new Set<string>()

  constructor(file: string) {
    this.file = file
  }

  add(code: NoticeCode, place: Partial<Omit<Notice, 'code' | 'file'>> = {}): void {
    const count = (this.counts.get(code) ?? 0) + 1
    this.counts.set(code, count)
    if (count > placedAtMost) {
      const sum = this.rest.get(code) ?? { count: 0, refused: 0, line: place.line }
      sum.count++
      sum.refused += place.refused ?? 0
      this.rest.set(code, sum)
      return
    }
    const made = { file: this.file, ...place }
    if (made.read !== undefined) made.read = visible(made.read.slice(0, 200))
    if (typeof made.column === 'string') made.column = visible(made.column.slice(0, 200))
    this.pending.push(notice(code, made))
  }

  /** Adds a notice that makes sense once a file, or once for each `about`. */
  addOnce(code: NoticeCode, place: Partial<Omit<Notice, 'code' | 'file'>> = {}, about = ''): void {
    const key = `${code} ${about}`
    if (this.said.has(key) || this.said.size > 10_000) return
    this.said.add(key)
    this.add(code, place)
  }

  /** The notices since the last call, as events. */
  take(): { type: 'notice'; notice: Notice }[] {
    if (this.pending.length === 0) return []
    const taken = this.pending.map((made) => ({ type: 'notice' as const, notice: made }))
    this.pending = []
    return taken
  }

  /** What is left, with one summing notice for each code that came too often. */
  close(): { type: 'notice'; notice: Notice }[] {
    for (const [code, { count, refused, line }] of this.rest)
      this.pending.push(
        notice(code, { file: this.file, line, refused, read: `${count} more of this kind from here on` }),
      )
    this.rest.clear()
    return this.take()
  }
}
