/** The roles that can be given, by name. */
import type { Words } from '@lanmei/model/language'
import { useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { useReader } from '../../shell/reader-context.tsx'
import { type RecordItem, type RoleFields, roleName } from './present.ts'

export type RoleChoice = { value: string; name: string; detail: string }

/** Names a role as a record in the reader's language: duty, party, area. */
export function useRoleNames(areas: readonly RecordItem[]): (role: RecordItem) => string {
  const reader = useReader()
  const parties = useRouteLoaderData<RootData>('root')?.node.parties ?? []
  const wordsOf = (list: readonly { id: string; name?: Words }[], id: string) =>
    list.find((one) => one.id === id)?.name
  const areaWords = areas.map(({ id, fields }) => ({ id, name: fields.name as Words | undefined }))
  return ({ fields }) => {
    const role = fields as RoleFields
    return roleName(role, reader, wordsOf(parties, role.party), wordsOf(areaWords, role.area))
  }
}

export function useRoleChoices(roles: readonly RecordItem[], areas: readonly RecordItem[]): RoleChoice[] {
  const { locale } = useReader()
  const nameOf = useRoleNames(areas)
  return roles
    .filter(({ ended }) => !ended)
    .map((role) => ({ value: role.id, name: nameOf(role), detail: role.id }))
    .sort((a, b) => a.name.localeCompare(b.name, locale))
}
