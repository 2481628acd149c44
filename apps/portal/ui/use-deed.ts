/** Something done at the press of a button: whether it is under way, and why it was refused. */
import { useCallback, useRef, useState } from 'react'
import { refusalOf } from '../shell/call.ts'
import type { Refusal } from '../shell/doors.ts'

export type Deed<A extends unknown[]> = {
  run: (...given: A) => Promise<void>
  busy: boolean
  refusal?: Refusal
  setRefusal: (refusal?: Refusal) => void
}

/** A second press while the first is under way does nothing. */
export function useDeed<A extends unknown[]>(deed: (...given: A) => Promise<void>): Deed<A> {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const under = useRef(false)
  const newest = useRef(deed)
  newest.current = deed
  const run = useCallback(async (...given: A) => {
    if (under.current) return
    under.current = true
    setBusy(true)
    setRefusal(undefined)
    try {
      await newest.current(...given)
    } catch (error) {
      setRefusal(refusalOf(error))
    } finally {
      under.current = false
      setBusy(false)
    }
  }, [])
  return { run, busy, refusal, setRefusal }
}
