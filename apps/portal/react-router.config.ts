/** Settings of the framework: server rendering, one flat folder, routes known to the browser from the start. */
import type { Config } from '@react-router/dev/config'

export default {
  appDirectory: '.',
  buildDirectory: 'build',
  serverBuildFile: 'index.js',
  ssr: true,
  routeDiscovery: { mode: 'initial' },
} satisfies Config
