/** The list of all kinds of record: the words of the cooperation in one place. */
import { area } from './kinds/area.ts'
import { observedProperty } from './kinds/observed-property.ts'
import { organisation } from './kinds/organisation.ts'
import { party } from './kinds/party.ts'
import { ratingCurve } from './kinds/rating-curve.ts'
import { reservoir } from './kinds/reservoir.ts'
import { role } from './kinds/role.ts'
import { sensor } from './kinds/sensor.ts'
import { series } from './kinds/series.ts'
import { station } from './kinds/station.ts'
import { thresholds } from './kinds/thresholds.ts'
import type { RecordKind } from './record.ts'

export const kinds: Readonly<Record<string, RecordKind>> = Object.fromEntries(
  [
    party,
    organisation,
    role,
    area,
    observedProperty,
    station,
    sensor,
    series,
    ratingCurve,
    thresholds,
    reservoir,
  ].map((kind) => [kind.kind, kind as RecordKind]),
)
