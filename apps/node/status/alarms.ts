/** What is wrong now, since when, and about what. In memory: what still is wrong is found again after a restart. */
import type { Logger } from 'pino'

export type Severity = 'warning' | 'critical'
export type Alarm = {
  code: string
  severity: Severity
  /** RFC 3339, UTC. */
  since: string
  about?: string
  detail?: Record<string, unknown>
}

export type Alarms = {
  raise(code: string, severity: Severity, about?: string, detail?: Record<string, unknown>): void
  clear(code: string, about?: string): void
  /** Raises while `wrong`, clears when not. */
  set(
    wrong: boolean,
    code: string,
    severity: Severity,
    about?: string,
    detail?: Record<string, unknown>,
  ): void
  /** Critical ones first, then the oldest. */
  list(): Alarm[]
}

export function newAlarms(log: Logger, now: () => number = Date.now): Alarms {
  const alarms = new Map<string, Alarm>()
  const nameOf = (code: string, about?: string) => `${code}\n${about ?? ''}`
  const raise: Alarms['raise'] = (code, severity, about, detail) => {
    const name = nameOf(code, about)
    const before = alarms.get(name)
    if (!before) log.warn({ alarm: code, about, detail }, 'Alarm')
    alarms.set(name, {
      code,
      severity,
      since: before?.since ?? new Date(now()).toISOString(),
      ...(about === undefined ? {} : { about }),
      ...(detail === undefined ? {} : { detail }),
    })
  }
  const clear: Alarms['clear'] = (code, about) => {
    if (alarms.delete(nameOf(code, about))) log.info({ alarm: code, about }, 'Alarm over')
  }
  return {
    raise,
    clear,
    set: (wrong, code, severity, about, detail) =>
      wrong ? raise(code, severity, about, detail) : clear(code, about),
    list: () =>
      [...alarms.values()].sort(
        (a, b) =>
          Number(b.severity === 'critical') - Number(a.severity === 'critical') ||
          a.since.localeCompare(b.since),
      ),
  }
}
