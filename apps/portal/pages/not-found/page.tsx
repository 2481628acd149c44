/** An address at which there is nothing. */
import { data } from 'react-router'
import type { Refusal } from '../../shell/doors.ts'

export function loader() {
  throw data({ code: 'not-found', details: {} } satisfies Refusal, { status: 404 })
}

export default function NotFound() {
  return null
}
