/** The portal as the node sees it: one function from request to response. Built to build/server/index.js. */

import * as build from 'virtual:react-router/server-build'
import { createRequestHandler, RouterContextProvider, type ServerBuild } from 'react-router'
import { type Doors, doorsContext } from './shell/doors.ts'

const answer = createRequestHandler(build as unknown as ServerBuild, import.meta.env.MODE)

/**
 * Answers a page request (also the framework's own `.data` requests).
 * `doors.fetch` answers calls of our HTTP contract by their path; `doors.nonce` is put on every inline script.
 */
export async function handle(request: Request, doors: Doors): Promise<Response> {
  const context = new RouterContextProvider()
  context.set(doorsContext, doors)
  return answer(request, context)
}
