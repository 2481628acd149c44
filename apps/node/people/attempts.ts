/** Counts failed attempts by name and refuses further ones for a while. In memory: a restart forgets. */
import { problem } from '@lanmei/model/problem'

export type Attempts = {
  /** @throws too-many-requests when the name failed too often */
  check(name: string): void
  failed(name: string): void
  succeeded(name: string): void
}

const mostNames = 50_000

/** After `most` failures within `windowMs`, the name is refused until the window has passed. */
export function newAttempts(most: number, windowMs: number, now: () => number = Date.now): Attempts {
  const failures = new Map<string, { count: number; until: number }>()
  const current = (name: string) => {
    const found = failures.get(name)
    if (found && found.until <= now()) {
      failures.delete(name)
      return undefined
    }
    return found
  }
  return {
    check(name) {
      const found = current(name)
      if (found && found.count >= most)
        throw problem('too-many-requests', { retryAfterSeconds: Math.ceil((found.until - now()) / 1000) })
    },
    failed(name) {
      const found = current(name)
      if (found) {
        found.count++
        found.until = now() + windowMs
        return
      }
      // A flood of invented names must not fill the memory: the oldest gives way.
      if (failures.size >= mostNames) failures.delete(failures.keys().next().value as string)
      failures.set(name, { count: 1, until: now() + windowMs })
    },
    succeeded(name) {
      failures.delete(name)
    },
  }
}
