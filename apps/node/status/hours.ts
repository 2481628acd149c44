/** Sums over the last 24 hours, in hourly parts. In memory. */
const hourMs = 3_600_000

export type LastDay = { add(amount: number): void; sum(): number }

export function newLastDay(now: () => number = Date.now): LastDay {
  const hours = new Map<number, number>()
  const current = () => Math.floor(now() / hourMs)
  const forget = () => {
    for (const hour of hours.keys()) if (hour <= current() - 24) hours.delete(hour)
  }
  return {
    add(amount) {
      forget()
      hours.set(current(), (hours.get(current()) ?? 0) + amount)
    },
    sum() {
      forget()
      return [...hours.values()].reduce((sum, amount) => sum + amount, 0)
    },
  }
}
