import { parseArgs } from 'node:util'
import { buildStale } from '../build/build.ts'
import { ensurePackages, MESH_PACKAGES } from '../../agent/install/packages.ts'
import { RUNTIME_PACKAGES } from '../up/packages.ts'
import { measureAgent } from './agent.ts'
import { measureAuthz } from './authz.ts'
import { measureBoot } from './boot.ts'
import { measureDeploy } from './deploy.ts'
import { measureExec } from './exec.ts'
import { measureFanout } from './fanout.ts'
import { measureHttp } from './http.ts'
import { measureIdle } from './idle.ts'
import { measureIngest } from './ingest.ts'
import { measureMetrics } from './metrics.ts'
import { measureLogs } from './logs.ts'
import { measureNet } from './net.ts'
import { measureNodes } from './nodes.ts'
import { measurePdf } from './pdf.ts'
import { measurePlace } from './place.ts'
import { measurePoll } from './poll.ts'
import { measureRate } from './rate.ts'
import { measureRateLimit } from './ratelimit.ts'
import { measureReconcile } from './reconcile.ts'
import { describe, withRatio, type Figure } from './report.ts'
import { measureRolling } from './rolling.ts'
import { measureResume } from './resume.ts'
import { measureRoutes } from './routes.ts'
import { measureUsageQuery } from './usage-query.ts'
import { measureVolume } from './volume.ts'
import { measureWebhooks } from './webhooks.ts'

const benches: Record<string, () => Promise<Figure[]>> = {
  boot: measureBoot,
  resume: measureResume,
  volume: measureVolume,
  exec: measureExec,
  deploy: measureDeploy,
  rolling: measureRolling,
  poll: measurePoll,
  nodes: measureNodes,
  fanout: measureFanout,
  agent: measureAgent,
  place: measurePlace,
  http: measureHttp,
  idle: measureIdle,
  ratelimit: measureRateLimit,
  authz: measureAuthz,
  rate: measureRate,
  ingest: measureIngest,
  'usage-query': measureUsageQuery,
  metrics: measureMetrics,
  logs: measureLogs,
  net: measureNet,
  pdf: measurePdf,
  webhooks: measureWebhooks,
  reconcile: measureReconcile,
  routes: measureRoutes,
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } })
const unknown = positionals.find((name) => !(name in benches))
if (unknown !== undefined) {
  console.error(`no bench ${unknown}: npm run bench -- [${Object.keys(benches).join(' ')}] [--json]`)
  process.exit(2)
}

await ensurePackages(process.getuid?.() === 0 ? { ...RUNTIME_PACKAGES, ...MESH_PACKAGES } : RUNTIME_PACKAGES, process.getuid?.() === 0)
await buildStale()
for (const [name, measure] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const figures = await measure()
  if (values.json) console.log(JSON.stringify({ bench: name, figures: figures.map(withRatio) }))
  else console.log([`\n${name}`, ...figures.map((figure) => `  ${describe(figure)}`)].join('\n'))
}
process.exit()
