/** Times of one series seen in one file, kept as runs of equal steps, so that a second stamp is found in little memory. */

/** Times that only move away from the first one, as runs. `sign` is 1 for rising times, -1 for falling ones. */
class Runs {
  private readonly starts: number[] = []
  private readonly steps: number[] = []
  private readonly counts: number[] = []
  private readonly sign: 1 | -1
  last = Number.NaN

  constructor(sign: 1 | -1) {
    this.sign = sign
  }

  /** `ms` lies beyond all that was added before. */
  add(ms: number): void {
    const run = this.starts.length - 1
    const step = (ms - this.last) * this.sign
    if (run >= 0 && this.counts[run] === 1) {
      this.steps[run] = step
      this.counts[run] = 2
    } else if (run >= 0 && this.steps[run] === step) this.counts[run]++
    else {
      this.starts.push(ms)
      this.steps.push(1)
      this.counts.push(1)
    }
    this.last = ms
  }

  has(ms: number): boolean {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((ms - this.starts[middle]) * this.sign >= 0) low = middle
      else high = middle - 1
    }
    const away = high < 0 ? -1 : (ms - this.starts[low]) * this.sign
    if (away < 0) return false
    const place = away / this.steps[low]
    return Number.isInteger(place) && place < this.counts[low]
  }
}

/**
 * Regular readings cost a few numbers however many there are, from the oldest to the newest or the other way round;
 * irregular ones cost three numbers each, and those that jump back into the middle one entry of a set.
 */
export class SeenTimes {
  private readonly rising = new Runs(1)
  private readonly falling = new Runs(-1)
  private readonly others = new Set<number>()
  private first = Number.NaN

  /** Takes a time; false when it was there before. */
  add(ms: number): boolean {
    if (Number.isNaN(this.first)) {
      this.first = ms
      this.rising.add(ms)
      this.falling.last = ms
      return true
    }
    if (ms > this.rising.last) {
      this.rising.add(ms)
      return true
    }
    if (ms < this.falling.last) {
      this.falling.add(ms)
      return true
    }
    if (this.rising.has(ms) || this.falling.has(ms) || this.others.has(ms)) return false
    this.others.add(ms)
    return true
  }
}
