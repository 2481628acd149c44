/** The parts of the node that can fail by themselves, each with its state; a failed one is an alarm. */
import type { Alarms } from './alarms.ts'

export type ServiceState = 'ok' | 'off' | 'failed'
export type Service = { name: string; state: ServiceState; detail?: string }
export type Services = {
  report(name: string, state: ServiceState, detail?: string): void
  list(): Service[]
}

export function newServices(alarms: Alarms): Services {
  const services = new Map<string, Service>()
  return {
    report(name, state, detail) {
      services.set(name, { name, state, ...(detail ? { detail } : {}) })
      alarms.set(state === 'failed', 'service-failed', 'critical', name, detail ? { detail } : undefined)
    },
    list: () => [...services.values()],
  }
}
