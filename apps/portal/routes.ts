/** Addresses of the portal. One page, one folder. */
import { index, type RouteConfig, route } from '@react-router/dev/routes'

export default [
  index('pages/river/page.tsx'),
  route('stations/:id', 'pages/station/page.tsx'),
  route('preferences', 'pages/preferences/route.ts'),
  route('*', 'pages/not-found/page.tsx'),
] satisfies RouteConfig
