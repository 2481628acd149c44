/** What the node tells about water and people, with the closed choices of the contract spelt out as types. */
import type * as house from '@lanmei/api/contract/house'
import type * as observations from '@lanmei/api/contract/observations'
import type * as shared from '@lanmei/api/contract/shared'
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
export type River = Omit<AnswerOf<typeof observations.river>, 'stations'> & { stations: Station[] }
export type StationPage = Omit<AnswerOf<typeof observations.stationsGet>, 'station'> & { station: Station }
export type Statistics = AnswerOf<typeof observations.statistics>
export type Observations = AnswerOf<typeof observations.observations>
export type FlagEvent = AnswerOf<typeof observations.flagHistory>['flags'][number]
export type Revision = AnswerOf<typeof observations.revisions>['revisions'][number]
export type Proof = AnswerOf<typeof observations.proof>
export type Node = Omit<AnswerOf<typeof house.node>, 'languages'> & { languages: Language[] }
export type Me = Omit<AnswerOf<typeof house.me>, 'duty'> & { duty: Duty }
