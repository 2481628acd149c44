/** A load in a process of its own: `node measured-load.ts DATA-FOLDER REQUEST`; prints counts and the most memory held. */
import { readConfig } from '../apps/node/config.ts'
import { openContext } from '../apps/node/context.ts'
import { seedReference } from '../apps/node/seed/reference.ts'
import { runLoad } from '../apps/node/take-in/load.ts'
import { listSources } from '../apps/node/take-in/sources.ts'

const [data, request] = process.argv.slice(2)
const { paths, ...options } = JSON.parse(request)
const config = readConfig({ LANMEI_DATA: data, LANMEI_LOG_LEVEL: 'silent' })
const context = await openContext(config, { purpose: 'command' })
await seedReference(context)
const { counts } = await runLoad(context, { ...options, author: 'test', sources: listSources(paths) })
await context.close()
const { read, stored, refused, notices: codes } = counts
process.stdout.write(
  `${JSON.stringify({ read, stored, refused, codes, peakBytes: process.resourceUsage().maxRSS * 1024 })}\n`,
)
