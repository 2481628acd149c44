/** Answers kept for repeated requests, in the same transaction as what they answer. */
import type { Queryable } from './connect.ts'

export async function findAnswer(
  db: Queryable,
  actor: string,
  key: string,
): Promise<{ request: Buffer; answer: unknown } | undefined> {
  const { rows } = await db.query('SELECT request, answer FROM idempotency WHERE actor = $1 AND key = $2', [
    actor,
    key,
  ])
  return rows[0]
}

export async function keepAnswer(
  db: Queryable,
  actor: string,
  key: string,
  request: Buffer,
  answer: unknown,
): Promise<void> {
  await db.query('INSERT INTO idempotency (actor, key, request, answer) VALUES ($1, $2, $3, $4)', [
    actor,
    key,
    request,
    JSON.stringify(answer),
  ])
}

/** Forgets answers older than `days`; gives how many. */
export async function forgetAnswers(db: Queryable, days: number): Promise<number> {
  const { rowCount } = await db.query("DELETE FROM idempotency WHERE at < now() - $1 * interval '1 day'", [
    days,
  ])
  return rowCount ?? 0
}
