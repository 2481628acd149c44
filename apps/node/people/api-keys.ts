/** API keys of programs and loggers: kept as hashes, with one duty each, shown once. */

import type { apiKeys, apiKeysAdd } from '@lanmei/api/contract/house'
import type { AnswerOf } from '@lanmei/api/route'
import { problem } from '@lanmei/model/problem'
import { type ApiKeyRow, endApiKey, readApiKeys } from '@lanmei/store/people'
import type { Context } from '../context.ts'
import type { SignIn } from './sign-in.ts'

type Key = AnswerOf<typeof apiKeys>['keys'][number]

export async function listKeys({ store }: Context): Promise<Key[]> {
  return (await readApiKeys(store.pool)).map(shown)
}

/** Makes a key in the name of an administrator; it stays when that person leaves, since it belongs to the node. */
export async function addKey(
  signIn: SignIn,
  administrator: string,
  { name, duty, expiresInDays }: { name: string; duty: 'reader' | 'contributor'; expiresInDays?: number },
): Promise<AnswerOf<typeof apiKeysAdd>> {
  const made = await signIn.api.createApiKey({
    body: {
      name,
      userId: administrator,
      permissions: { duty: [duty] },
      ...(expiresInDays ? { expiresIn: expiresInDays * 86_400 } : {}),
    },
  })
  const { key, id, start, createdAt, expiresAt } = made
  const row = {
    id,
    name,
    start,
    permissions: JSON.stringify({ duty: [duty] }),
    createdAt,
    expiresAt,
    lastRequest: null,
  }
  return { ...shown(row), key }
}

/** @throws not-found */
export async function endKey({ store }: Context, id: string): Promise<void> {
  if (!(await endApiKey(store.pool, id))) throw problem('not-found', { key: id })
}

function shown(row: ApiKeyRow): Key {
  const permissions = JSON.parse(row.permissions ?? '{}') as { duty?: string[] }
  return {
    id: row.id,
    name: row.name ?? '',
    start: row.start ?? '',
    duty: permissions.duty?.[0] ?? 'none',
    createdAt: row.createdAt.toISOString(),
    ...(row.lastRequest ? { lastUsedAt: row.lastRequest.toISOString() } : {}),
    ...(row.expiresAt ? { expiresAt: row.expiresAt.toISOString() } : {}),
  }
}
