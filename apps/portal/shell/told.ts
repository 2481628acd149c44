/** What the node tells about water and people, with the closed choices of the contract spelt out as types. */
import type * as house from '@lanmei/api/contract/house'
import type { statistics } from '@lanmei/api/contract/observations'
import type * as shared from '@lanmei/api/contract/shared'
import type { river, stationsGet } from '@lanmei/api/contract/stations'
import type * as values from '@lanmei/api/contract/values'
import type { AnswerOf } from '@lanmei/api/route'
import type { Language } from '@lanmei/model/language'

export const waterStates = [
  'flood',
  'alarm',
  'high',
  'above-normal',
  'normal',
  'below-normal',
  'low',
  'unknown',
] as const
export type WaterState = (typeof waterStates)[number]
export type Freshness = 'fresh' | 'late' | 'silent' | 'none'
export type Duty = 'none' | 'reader' | 'contributor' | 'officer' | 'administrator'

export type StationState = Omit<shared.StationState, 'state' | 'freshness'> & {
  state: WaterState
  freshness: Freshness
}
export type Station = Omit<shared.StationSummary, 'now'> & { now: StationState }
export type Series = shared.SeriesSummary
export type River = Omit<AnswerOf<typeof river>, 'stations'> & { stations: Station[] }
export type StationPage = Omit<AnswerOf<typeof stationsGet>, 'station'> & { station: Station }
export type Statistics = AnswerOf<typeof statistics>
export type Observations = AnswerOf<typeof values.observations>
export type FlagEvent = AnswerOf<typeof values.flagHistory>['flags'][number]
export type Revision = AnswerOf<typeof values.revisions>['revisions'][number]
export type Proof = AnswerOf<typeof values.proof>
export type Node = Omit<AnswerOf<typeof house.node>, 'languages'> & { languages: Language[] }
export type Me = Omit<AnswerOf<typeof house.me>, 'duty'> & { duty: Duty }
