/** What stands in a backup about itself: at its head what it is, at its end what must have come before. */
import type { TableShape } from '@lanmei/store/backup'

export const headName = 'lanmei-backup.json'
export const manifestName = 'manifest.json'
export const backupFormat = 1

export type BackupHead = {
  format: typeof backupFormat
  node: string
  at: string
  program: string
  entries: number
  migrations: number[]
  tables: TableShape[]
}
/** `sha256` is over the bytes of all members of the table, or of the file, in hex. */
export type Manifest = {
  tables: { name: string; rows: number; bytes: number; sha256: string }[]
  files: { name: string; bytes: number; sha256: string }[]
}

/** Name of a part of a table, e.g. tables/observation/000003.copy. */
export function partName(table: string, part: number): string {
  return `tables/${table}/${String(part).padStart(6, '0')}.copy`
}
/** The table a member belongs to, or undefined. */
export function tableOf(member: string): string | undefined {
  return /^tables\/([a-z0-9_]+)\/\d{6}\.copy$/.exec(member)?.[1]
}
/** The file of the keys folder a member is, or undefined. */
export function keyFileOf(member: string): string | undefined {
  return /^keys\/([A-Za-z0-9._-]+)$/.exec(member)?.[1]
}
