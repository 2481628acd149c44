/** Keeps a choice of language, theme, calendar or numerals and goes back: plain links, so it works without script. */
import { type LoaderFunctionArgs, redirectDocument } from 'react-router'
import { changedCookie, wayBack } from '../../shell/preferences.ts'

export function loader({ request }: LoaderFunctionArgs) {
  const address = new URL(request.url)
  const cookie = changedCookie(request.headers, address.searchParams, address.protocol === 'https:')
  return redirectDocument(wayBack(address.searchParams.get('back')), {
    headers: cookie ? { 'set-cookie': cookie, 'cache-control': 'no-store' } : {},
  })
}
