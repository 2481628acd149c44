/** Addresses of the portal. One page, one folder. */
import { index, type RouteConfig, route } from '@react-router/dev/routes'

export default [
  index('pages/river/page.tsx'),
  route('stations/:id', 'pages/station/page.tsx'),
  route('series', 'pages/series/page.tsx'),
  route('loads', 'pages/loads/page.tsx'),
  route('loads/:load', 'pages/loads/load.tsx'),
  route('loads/:load/notices.csv', 'pages/loads/notices-csv.ts'),
  route('upload', 'pages/upload/page.tsx'),
  route('status', 'pages/status/page.tsx'),
  route('sign-in', 'pages/sign-in/page.tsx'),
  route('account', 'pages/account/page.tsx'),
  route('set-up', 'pages/set-up/page.tsx'),
  route('administration', 'pages/administration/frame.tsx', [
    index('pages/administration/begin.ts'),
    route('people', 'pages/administration/people.tsx'),
    route('roles', 'pages/administration/roles.tsx'),
    route('keys', 'pages/administration/keys.tsx'),
    route('organisations', 'pages/administration/organisations.tsx'),
  ]),
  route('preferences', 'pages/preferences/route.ts'),
  route('*', 'pages/not-found/page.tsx'),
] satisfies RouteConfig
