import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openS3 } from '../drivers/bucket/s3.ts'
import { FakeS3 } from '../drivers/bucket/testing/fake-s3.ts'
import { fileChecksum } from '../drivers/volume/blocks.ts'
import { Ext4Volumes } from '../drivers/volume/ext4/driver.ts'
import { Vault } from './vault.ts'

const possible = ['/sbin/mke2fs', '/usr/sbin/mke2fs'].some((path) => existsSync(path))
const ROUNDS = process.env['SHELLWEGO_FULL'] ? 40 : 3
const BLOCKS = 24
const KEY = randomBytes(32).toString('base64')
const TRIAL = { key: null, trial: async () => ({ files: 0, bytes: 0 }) }

describe.skipIf(!possible)(`backups of real disks over S3${possible ? '' : ' (skipped: e2fsprogs is not installed)'}`, { timeout: 600_000 }, () => {
  let folder = ''
  let endpoint = ''
  const server = new FakeS3()
  const vault = (): Vault => new Vault(openS3({ endpoint, region: 'eu-central-1', bucket: server.bucket, guard: null }, server.keys), 'org/set/', KEY)
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shellwego-carried-'))
    endpoint = await server.listen()
  })
  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  let seed = 20_261_122
  const random = (): number => { seed = (seed * 48_271) % 2_147_483_647; return seed / 2_147_483_647 }
  /** Now and then the connection breaks, before or after the effect, or the server does not answer for a while. */
  const unreliable = (): void => {
    let outage = 0
    server.faults.next = () => {
      if (outage > 0) outage -= 1
      else if (random() < 0.02) outage = 2 + Math.floor(random() * 6)
      else if (random() > 0.06) return null
      return random() < 0.4 ? 'cut_before' : random() < 0.7 ? 'cut_after' : 503
    }
  }
  /** A try ends by a fault, or at any moment with the agent; the next one is another agent. */
  const again = async (work: (signal: AbortSignal) => Promise<unknown>): Promise<number> => {
    for (let tries = 1; ; tries += 1) {
      const end = new AbortController()
      const timer = setTimeout(() => end.abort(), 20 + random() * 400 * tries)
      const done = await work(end.signal).then(() => true, () => false)
      clearTimeout(timer)
      if (done) return tries
      if (tries > 200) throw new Error('it never comes about')
    }
  }

  test(`interrupted at random and resumed, ${ROUNDS} backups each restore to what their snapshots hold`, async () => {
    const [here, there] = [new Ext4Volumes(join(folder, 'here')), new Ext4Volumes(join(folder, 'there'))]
    const volume = { orgId: 'org', id: 'vol' }
    await here.create(volume, 64, null)
    let tries = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const file = await open(here.path(volume), 'r+')
      for (let block = 0; block < BLOCKS; block += 1) {
        if (round === 0 || random() < 0.3) await file.write(randomBytes(2_048), 0, 2_048, (30 + block) * (1 << 20) + 4_096)
      }
      await file.close()
      const facts = await here.snapshot(volume, `snap_${round}`, null)
      unreliable()
      tries += await again(async (signal) => vault().save(`bkp_${round}`, await here.content(volume, facts.id), { progress: () => {}, signal }))
      const copy = { orgId: 'org', id: `copy_${round}` }
      tries += await again(async () => there.createFrom(copy, 64, await vault().open(`bkp_${round}`)))
      expect(await fileChecksum(there.path(copy))).toBe(facts.checksum)
      tries += await again(async () => there.prove(copy, await vault().open(`bkp_${round}`), TRIAL))
      await there.remove(copy)
    }
    expect(tries).toBeGreaterThan(ROUNDS * 3)
    expect(await readdir(join(folder, 'there'))).toEqual([])
    const dropped = Array.from({ length: ROUNDS - 1 }, (_, round) => `bkp_${round}`)
    await again(() => vault().drop(dropped))
    server.faults.next = () => null
    const last = { orgId: 'org', id: 'last' }
    await there.createFrom(last, 64, await vault().open(`bkp_${ROUNDS - 1}`))
    expect(await fileChecksum(there.path(last))).toBe(await fileChecksum(here.path(volume)))
    await vault().drop([`bkp_${ROUNDS - 1}`])
    expect(server.objects.size).toBe(0)
  })
})
