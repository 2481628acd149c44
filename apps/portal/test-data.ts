/** An invented node for the portal's tests: figures of the right size, marked simulated, true of no day. */
import type { Words } from '@lanmei/model/language'
import type { Me, Node, Station } from './shell/told.ts'
import { areaFile, nowMs, riverAnswer, stations } from './test-data-river.ts'
import { binary, observationsAnswer, seriesOf, statisticsAnswer } from './test-data-values.ts'

export const nodeAnswer: Node = {
  node: 'test-node',
  party: 'la',
  partyName: {
    en: 'Lao PDR',
    lo: 'ສປປ ລາວ',
    zh: '老挝',
    km: 'ឡាវ',
    my: 'လာအို',
    th: 'สปป. ลาว',
    vi: 'CHDCND Lào',
  },
  version: '0.1.0',
  languages: ['en', 'km', 'lo', 'my', 'th', 'vi', 'zh'],
  setUp: true,
  demonstration: true,
  parties: areaFile('parties').parties.map(({ id, name }: { id: string; name: Words }) => ({
    id,
    name,
    timeZone: 'Asia/Bangkok',
  })),
  signIn: { password: true, passkey: true, oidc: [] },
}
export const meAnswer: Me = { person: null, duty: 'none' }

/** Answers for the paths below /api that a page may ask; everything not named is a 404 with a problem document. */
export const fakeFetch: typeof fetch = async (input) => {
  const { pathname, searchParams } = new URL(
    input instanceof Request ? input.url : String(input),
    'http://test.invalid',
  )
  const json = (value: unknown, status = 200) => Response.json(value, { status })
  const missing = () => json({ code: 'not-found', status: 404, reference: '7f3a21' }, 404)
  const [, , kind, id, part] = pathname.split('/').map(decodeURIComponent)
  if (pathname === '/api/node') return json(nodeAnswer)
  if (pathname === '/api/me') return json(meAnswer)
  if (pathname === '/api/river') return json(riverAnswer())
  if (pathname === '/api/stations') return json({ stations })
  if (kind === 'stations') {
    const place = stations.findIndex((station) => station.id === id)
    const station = stations[place]
    if (!station) return missing()
    const beside = (other: Station | undefined) =>
      other && { id: other.id, name: other.name, riverKm: other.riverKm }
    return json({
      station,
      record: { codes: { mrc: '013101', national: 'M.4' } },
      version: 2,
      entry: 41,
      organisation: { en: 'Department of Meteorology and Hydrology' },
      series: [seriesOf(station), seriesOf(station, 'rainfall')],
      upstream: beside(stations[place - 1]),
      downstream: beside(stations[place + 1]),
    })
  }
  if (pathname === '/api/series') return json({ series: stations.map((station) => seriesOf(station)) })
  if (kind === 'series' && id) {
    const station = stations.find((one) => id.startsWith(`${one.id}.`))
    if (!station) return missing()
    if (!part) return json(seriesOf(station))
    if (part === 'statistics') return json(statisticsAnswer())
    if (part === 'flags')
      return json({
        flags: [
          {
            time: '2026-08-01T00:00:00Z',
            value: 9.4,
            flag: 3,
            rule: 'step',
            author: 'rule:step',
            at: '2026-08-01T00:10:00Z',
            entry: 977,
            current: true,
          },
        ],
      })
    if (part === 'revisions')
      return json({
        revisions: [
          {
            time: '2026-07-12T00:00:00Z',
            value: 8.1,
            flag: 1,
            entry: 811,
            knownFrom: '2026-07-12T01:00:00Z',
            knownUntil: '2026-07-13T01:00:00Z',
            supersededBy: 820,
            reason: 'Reading corrected by the observer',
          },
        ],
      })
    if (part === 'observations') {
      const ms = (name: string, otherwise: number) =>
        searchParams.has(name) ? Date.parse(searchParams.get(name) ?? '') : otherwise
      const answer = observationsAnswer(
        id,
        ms('from', 0),
        ms('to', nowMs),
        Number(searchParams.get('points') ?? 2000),
      )
      return searchParams.get('format') === 'binary' ? new Response(binary(answer)) : json(answer)
    }
  }
  return missing()
}
