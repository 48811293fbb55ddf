import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stop as stopEsbuild } from 'esbuild'
import { checkout } from '../host/files.ts'
import { tryLock } from '../host/lock.ts'
import { stage } from '../host/timing.ts'
import { agentBundle, cliBundle, fenceBundle, serverBundle } from './bundle.ts'
import { consolePages, prismaClient } from './console.ts'
import { isFresh, makeStep, type Step } from './stamp.ts'

const LOCK_POLL_MS = 200

async function ensure(step: Step): Promise<void> {
  if (isFresh(step)) return
  console.log(`building ${step.name}`)
  await stage(`build ${step.name}`, () => makeStep(step))
}

/** Two starts in one checkout build one after the other; the second finds everything fresh. */
async function lockBuild(): Promise<() => void> {
  mkdirSync(path.join(checkout, 'dist'), { recursive: true })
  for (;;) {
    const lock = tryLock(path.join(checkout, 'dist/build.lock'))
    if ('release' in lock) return lock.release
    await sleep(LOCK_POLL_MS)
  }
}

async function ensureInTurn(first: Step, then: readonly Step[]): Promise<void> {
  if ([first, ...then].every(isFresh)) return
  const release = await lockBuild()
  try {
    await ensure(first)
    await Promise.all(then.map(ensure))
  } finally {
    await stopEsbuild() // else its process, 110 MB, lives as long as the supervisor that started the build
    release()
  }
}

/** Makes the database client where it is missing or was made from another schema; nothing of ours loads without it. */
export const buildClient = (): Promise<void> => ensureInTurn(prismaClient, [])

/** Makes whatever is missing or was made from other inputs. */
export const buildStale = (): Promise<void> =>
  ensureInTurn(prismaClient, [serverBundle, agentBundle, fenceBundle, cliBundle, consolePages])
