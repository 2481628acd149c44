/** Files of the MRC data portal that came without the folder that says their kind: the name is told the reader again with it. Pure. */

/** Kinds as the folders of an export are called; the first part is the observed property. */
export const exportKinds = [
  { kind: 'water-level', property: 'water-level', procedure: 'manual' },
  { kind: 'water-level-telemetry', property: 'water-level', procedure: 'telemetry' },
  { kind: 'discharge', property: 'discharge', procedure: 'calculated' },
  { kind: 'rainfall', property: 'rainfall', procedure: 'manual' },
  { kind: 'rainfall-telemetry', property: 'rainfall', procedure: 'telemetry' },
] as const

const fileName = /(?:^|\/)([A-Z]{2}_\d{6}_[^/]+\.(?:csv|txt)(?:\.gz)?)$/
const firstColumns = /^(date|time|timestamp ?\(utc[+-]\d{2}:\d{2}\))[,;\t]/i

/** True where name and first line are those of an export, but the reader did not know the kind. */
export function lacksKind(name: string, head: readonly string[]): boolean {
  const first = head.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? ''
  return fileName.test(name) && firstColumns.test(first)
}

/** The name with the folder of its kind: water-level/KH_014901_Kratie.csv. */
export function nameWithKind(name: string, kind: string): string {
  return `${kind}/${fileName.exec(name)?.[1] ?? name}`
}
