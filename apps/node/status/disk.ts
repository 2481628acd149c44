/** Free space of the data folder, and whether it is enough to go on taking in. */
import { statfsSync } from 'node:fs'
import { problem } from '@lanmei/model/problem'

export type DiskState = { freeBytes: number; totalBytes: number; takingIn: boolean }
export type DiskWatch = {
  /** At most a quarter of a second old: a fast load fills a disk quickly, and asking costs next to nothing. */
  state(): DiskState
  /** @throws disk-nearly-full */
  checkTakingIn(): void
}

const freshMs = 250

/** Once stopped, a tenth more space than the minimum is needed to begin again, so that it does not flicker. */
export function watchDisk(
  folder: string,
  minimumFreeMb: number,
  measure: (folder: string) => { freeBytes: number; totalBytes: number } = measureDisk,
): DiskWatch {
  const minimum = minimumFreeMb * 1024 * 1024
  let last: DiskState = { freeBytes: 0, totalBytes: 0, takingIn: true }
  let measuredAt = Number.NEGATIVE_INFINITY
  const state = () => {
    const now = performance.now()
    if (now - measuredAt >= freshMs) {
      measuredAt = now
      const { freeBytes, totalBytes } = measure(folder)
      last = { freeBytes, totalBytes, takingIn: freeBytes >= (last.takingIn ? minimum : minimum * 1.1) }
    }
    return last
  }
  return {
    state,
    checkTakingIn() {
      const { takingIn, freeBytes } = state()
      if (!takingIn) throw problem('disk-nearly-full', { freeBytes, neededBytes: minimum })
    },
  }
}

function measureDisk(folder: string) {
  const { bavail, blocks, bsize } = statfsSync(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}
