/** Quality flags after the IOC primary level scheme (IOC Manuals and Guides 54, vol. 3) with 8 = estimated as in Argo reference table 2. */

export const flags = { good: 1, notEvaluated: 2, suspect: 3, bad: 4, estimated: 8, missing: 9 } as const
export type FlagName = keyof typeof flags
export type FlagCode = (typeof flags)[FlagName]

const names = new Map<number, FlagName>(Object.entries(flags).map(([name, code]) => [code, name as FlagName]))

/** The name of a code, or undefined for a number that is no flag. */
export function flagName(code: number): FlagName | undefined {
  return names.get(code)
}

export function isFlagName(name: string): name is FlagName {
  return name in flags
}

/** Which of two flags says more against the value: missing > bad > suspect > estimated > not evaluated > good. */
const weight: Record<number, number> = { 9: 5, 4: 4, 3: 3, 8: 2, 2: 1, 1: 0 }
export function worseFlag(a: number, b: number): number {
  return (weight[b] ?? 0) > (weight[a] ?? 0) ? b : a
}
