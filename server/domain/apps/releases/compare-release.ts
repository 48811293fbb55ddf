import { z } from 'zod'
import { ReleaseDiff } from '../../../contract/deployment.ts'
import { query } from '../../../core/operation.ts'
import { loadApp } from '../load-app.ts'
import { parkedReleaseId } from '../wire.ts'
import { diffEnv, diffSettings } from './diff.ts'
import { frozen, loadRelease, whyNot } from './load-release.ts'

export const compareRelease = query({
  name: 'releases.compare', summary: 'What going back to a release would change against the one that serves', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ release_id: z.string().max(60) }), output: ReleaseDiff,
  rest: { method: 'GET', path: '/releases/{release_id}/diff', tag: 'Deployments' },
  run: async (ctx, input) => {
    const release = await loadRelease(ctx, input.release_id)
    const app = await loadApp(ctx, release.appId)
    const running = app.currentReleaseId ? await loadRelease(ctx, app.currentReleaseId) : null
    const [before, after] = [running ? frozen(running) : null, frozen(release)]
    const refusal = whyNot(release, app)
    return {
      release: release.number, running: running?.number ?? null, possible: refusal === null, refused_because: refusal?.message ?? null,
      at_once: parkedReleaseId(app) === release.id, settings: diffSettings(before, after), env: diffEnv(before, after),
    }
  },
})
