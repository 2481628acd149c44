/** A moment in the time of the node's own party, with UTC on touch. */
import { useRouteLoaderData } from 'react-router'
import type { RootData } from '../root.tsx'
import { useReader } from '../shell/reader-context.tsx'

/** The zone people at this node live in. */
export function useNodeZone(): string {
  const node = useRouteLoaderData<RootData>('root')?.node
  return node?.parties.find(({ id }) => id === node.party)?.timeZone ?? 'UTC'
}

export function When({ ms, zone }: { ms: number; zone?: string }) {
  const { time, utc } = useReader()
  const own = useNodeZone()
  return (
    <time dateTime={new Date(ms).toISOString()} title={utc(ms)}>
      {time(ms, zone ?? own)}
    </time>
  )
}
