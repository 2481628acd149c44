/** The roles that can be given, by name. */
import type { Words } from '@lanmei/model/language'
import { useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { useReader } from '../../shell/reader-context.tsx'
import { type RecordItem, type RoleFields, roleName } from './present.ts'

export type RoleChoice = { value: string; name: string; detail: string }

export function useRoleChoices(roles: readonly RecordItem[]): RoleChoice[] {
  const reader = useReader()
  const parties = useRouteLoaderData<RootData>('root')?.node.parties ?? []
  const partyName = (id: string): Words | undefined => parties.find((party) => party.id === id)?.name
  return roles
    .filter(({ ended }) => !ended)
    .map(({ id, fields }) => {
      const role = fields as RoleFields
      return { value: id, name: roleName(role, reader, partyName(role.party)), detail: id }
    })
    .sort((a, b) => a.name.localeCompare(b.name, reader.locale))
}
