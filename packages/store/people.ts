/** People of the node, their roles, and API keys. Signing in itself (passwords, sessions) is better-auth's own on the same tables. */
import type { Queryable } from './connect.ts'

export type RoleRow = { person: string; id: string; party: string; area: string; duty: string; since: Date }
export type PersonRow = {
  id: string
  name: string
  email: string
  pseudonym: string
  secondFactor: boolean
  disabled: boolean
  lastSeen: Date | null
}

/** Roles that hold now, of one person or of all: given here, and the role's record not ended. */
export async function rolesHeld(db: Queryable, person?: string): Promise<RoleRow[]> {
  const { rows } = await db.query(
    `SELECT p.person, p.role AS id, r.fields->>'party' AS party, r.fields->>'area' AS area, r.fields->>'duty' AS duty, p.since
     FROM person_role p CROSS JOIN LATERAL (
       SELECT fields, ended FROM record_version WHERE kind = 'role' AND id = p.role ORDER BY version DESC LIMIT 1) r
     WHERE NOT r.ended AND ($1::text IS NULL OR p.person = $1) ORDER BY p.person, p.role`,
    [person ?? null],
  )
  return rows
}

/** One person, or all in the order they came. */
export async function readPersons(db: Queryable, id?: string): Promise<PersonRow[]> {
  const { rows } = await db.query(
    `SELECT p.id, p.name, p.email, p.pseudonym, p.disabled,
       coalesce(p."twoFactorEnabled", false) OR EXISTS (SELECT FROM person_passkey k WHERE k."userId" = p.id) AS "secondFactor",
       (SELECT max(s."updatedAt") FROM person_session s WHERE s."userId" = p.id) AS "lastSeen"
     FROM person p WHERE $1::text IS NULL OR p.id = $1 ORDER BY p."createdAt", p.id`,
    [id ?? null],
  )
  return rows
}

/** Makes the person hold exactly these roles. */
export async function giveRoles(db: Queryable, person: string, roles: string[]): Promise<void> {
  await db.query('DELETE FROM person_role WHERE person = $1 AND role <> ALL ($2)', [person, roles])
  await db.query(
    'INSERT INTO person_role (person, role) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING',
    [person, roles],
  )
}

/** Which of these are ids of role records that hold. */
export async function existingRoles(db: Queryable, roles: string[]): Promise<Set<string>> {
  const { rows } = await db.query(
    `SELECT id FROM (SELECT DISTINCT ON (id) id, ended FROM record_version WHERE kind = 'role' AND id = ANY ($1)
     ORDER BY id, version DESC) r WHERE NOT ended`,
    [roles],
  )
  return new Set(rows.map((row) => row.id))
}

/** Disables or enables an account; disabling ends its sessions. False when there is no such person. */
export async function setDisabled(db: Queryable, person: string, disabled: boolean): Promise<boolean> {
  const { rowCount } = await db.query('UPDATE person SET disabled = $2, "updatedAt" = now() WHERE id = $1', [
    person,
    disabled,
  ])
  if (disabled) await db.query('DELETE FROM person_session WHERE "userId" = $1', [person])
  return rowCount === 1
}

/** Active persons who hold a role with this duty. */
export async function countByDuty(db: Queryable, duty: string): Promise<number> {
  const { rows } = await db.query(
    `SELECT count(DISTINCT p.id)::int AS n FROM person p JOIN person_role h ON h.person = p.id CROSS JOIN LATERAL (
       SELECT fields, ended FROM record_version WHERE kind = 'role' AND id = h.role ORDER BY version DESC LIMIT 1) r
     WHERE NOT p.disabled AND NOT r.ended AND r.fields->>'duty' = $1`,
    [duty],
  )
  return rows[0].n
}

export type ApiKeyRow = {
  id: string
  name: string | null
  start: string | null
  permissions: string | null
  createdAt: Date
  lastRequest: Date | null
  expiresAt: Date | null
}

/** Keys that are not revoked, newest first; expired ones are shown so that somebody renews them. */
export async function readApiKeys(db: Queryable): Promise<ApiKeyRow[]> {
  const { rows } = await db.query(
    `SELECT id, name, start, permissions, "createdAt", "lastRequest", "expiresAt" FROM api_key
     WHERE enabled ORDER BY "createdAt" DESC, id`,
  )
  return rows
}

/** Revokes a key; the row stays, since the journal names it as an author. False when there is no such key. */
export async function endApiKey(db: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE api_key SET enabled = false, "updatedAt" = now() WHERE id = $1 AND enabled',
    [id],
  )
  return rowCount === 1
}

/** Empties the tables of people: only before the set-up is done, when an interrupted one may have left something. */
export async function forgetPersons(db: Queryable): Promise<void> {
  await db.query('DELETE FROM person')
}

/** Takes the second factor off an account: its owner has lost it. */
export async function forgetSecondFactor(db: Queryable, person: string): Promise<void> {
  await db.query('DELETE FROM person_two_factor WHERE "userId" = $1', [person])
  await db.query('UPDATE person SET "twoFactorEnabled" = false WHERE id = $1', [person])
}

/** Ends all sessions of a person. */
export async function endSessions(db: Queryable, person: string): Promise<void> {
  await db.query('DELETE FROM person_session WHERE "userId" = $1', [person])
}
