/** A load that is asked for again while it is under way, so one can watch it, leave, and find it again. */
import { loadsGet } from '@lanmei/api/contract/intake'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../shell/call.ts'
import { isUnderWay, type Load } from './present.ts'

const everyMs = 1000

type Live = { load?: Load; nowMs: number }

/** `told` is what the server said; without it the load is asked for at once. `onEnd` is called when it ends before our eyes. */
export function useLiveLoad(id: number, told?: Load, toldMs = 0, onEnd?: () => void): Live {
  const [live, setLive] = useState<Live>({ load: told, nowMs: toldMs })
  const atEnd = useRef(onEnd)
  atEnd.current = onEnd
  const mine = live.load?.id === id ? live : { load: told, nowMs: toldMs }
  const underWay = !mine.load || isUnderWay(mine.load)
  const known = mine.load !== undefined
  useEffect(() => {
    if (!underWay) return
    let over = false
    let timer = 0
    const look = async () => {
      try {
        const load = (await call(loadsGet, { parameters: { load: id } })) as Load
        if (over) return
        setLive({ load, nowMs: Date.now() })
        if (!isUnderWay(load)) return atEnd.current?.()
      } catch {
        // A line that breaks for a moment: ask again.
      }
      if (!over) timer = window.setTimeout(look, everyMs)
    }
    timer = window.setTimeout(look, known ? everyMs : 0)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [id, underWay, known])
  return mine
}
