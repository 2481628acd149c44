/** The first values of a file as the answers given so far make them: read anew in the browser with each change. */
import { useEffect, useState } from 'react'
import type { FirstRow } from './first-values.tsx'
import type { Preview } from './present.ts'

type How = { name: string; profile?: Record<string, unknown> }

/** The node's own reading until something else is known, and where the lines are too long to be read here. */
export function useRowsRead(preview: Preview, how: How | undefined): readonly FirstRow[] {
  const [read, setRead] = useState<{ asked: string; rows?: readonly FirstRow[] }>()
  const asked = how ? JSON.stringify(how) : ''
  useEffect(() => {
    if (!asked) return
    let over = false
    const { name, profile } = JSON.parse(asked) as How
    import('./read-head.ts')
      .then(({ readHead }) => readHead(preview.head, profile ? { profile } : { exportName: name }))
      .then(
        (rows) => {
          if (!over) setRead({ asked, rows })
        },
        () => {},
      )
    return () => {
      over = true
    }
  }, [asked, preview])
  return (asked && read?.rows) || preview.rows
}
