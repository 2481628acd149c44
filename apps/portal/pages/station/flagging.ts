/** Takes the form by which an officer judges a range of values, and sends it to the node. Server only. */
import { flagsWrite } from '@lanmei/api/contract/values'
import type { ActionFunctionArgs } from 'react-router'
import { asking, type Refusal, refusalIn } from '../../shell/doors.ts'
import { fromWallClock } from './present.ts'

export type Flagged =
  | { done: true; flagged: number }
  | { done: false; reason: 'range' | 'comment' | 'flag' }
  | { done: false; reason: 'refused'; refusal: Refusal }

const judgements = ['good', 'suspect', 'bad', 'estimated', 'missing']

/** Times come as wall-clock time of the station, as the form shows them. */
export function readFlagForm(
  form: FormData,
):
  | Exclude<Flagged, { done: true }>
  | { series: string; from: string; to: string; flag: string; comment: string } {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const zone = text('zone')
  const from = fromWallClock(text('from'), zone)
  const to = fromWallClock(text('to'), zone)
  if (!(from <= to)) return { done: false, reason: 'range' }
  const flag = text('flag')
  if (!judgements.includes(flag)) return { done: false, reason: 'flag' }
  const comment = text('comment')
  if (!comment) return { done: false, reason: 'comment' }
  return {
    series: text('series'),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    flag,
    comment: comment.slice(0, 2000),
  }
}

export async function writeFlags(asked: ActionFunctionArgs): Promise<Flagged> {
  const read = readFlagForm(await asked.request.formData())
  if ('done' in read) return read
  const { series, flag, ...body } = read
  try {
    const { flagged } = await asking(asked)(flagsWrite, {
      parameters: { id: series },
      body: { ...body, flag: flag as never },
    })
    return { done: true, flagged }
  } catch (thrown) {
    const refusal = refusalIn(thrown)
    if (!refusal) throw thrown
    return { done: false, reason: 'refused', refusal }
  }
}
