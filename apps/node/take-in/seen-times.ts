/** Times of one series seen in one file, kept as runs of equal steps, so that a second stamp is found in little memory. */

/** Regular readings cost a few numbers however many there are; irregular ones cost three numbers each. */
export class SeenTimes {
  private starts: number[] = []
  private steps: number[] = []
  private counts: number[] = []
  private readonly others = new Set<number>()
  private last = Number.NEGATIVE_INFINITY

  /** Takes a time; false when it was there before. */
  add(ms: number): boolean {
    if (ms > this.last) {
      this.extend(ms)
      this.last = ms
      return true
    }
    if (this.others.has(ms) || this.inRuns(ms)) return false
    this.others.add(ms)
    return true
  }

  private extend(ms: number): void {
    const run = this.starts.length - 1
    if (run < 0) {
      this.push(ms)
      return
    }
    const step = ms - this.last
    if (this.counts[run] === 1) {
      this.steps[run] = step
      this.counts[run] = 2
    } else if (this.steps[run] === step) this.counts[run]++
    else this.push(ms)
  }

  private push(ms: number): void {
    this.starts.push(ms)
    this.steps.push(1)
    this.counts.push(1)
  }

  private inRuns(ms: number): boolean {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.starts[middle] <= ms) low = middle
      else high = middle - 1
    }
    if (high < 0 || ms < this.starts[low]) return false
    const place = (ms - this.starts[low]) / this.steps[low]
    return Number.isInteger(place) && place < this.counts[low]
  }
}
