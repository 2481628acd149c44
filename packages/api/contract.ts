/** The whole HTTP contract: a list of routes, the source of validation, OpenAPI and the typed client. */
import * as house from './contract/house.ts'
import * as intake from './contract/intake.ts'
import * as journal from './contract/journal.ts'
import * as observations from './contract/observations.ts'
import * as records from './contract/records.ts'
import * as stations from './contract/stations.ts'
import * as values from './contract/values.ts'
import type { Route } from './route.ts'

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value
}

export const contract: readonly Route[] = [
  house,
  stations,
  observations,
  values,
  journal,
  records,
  intake,
].flatMap((part) => Object.values(part).filter(isRoute))
