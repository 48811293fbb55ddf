import { describe } from 'vitest'
import { createFakeVolumes, FakeVolumeHost } from './fake.ts'
import { volumeContract } from './volume.contract.ts'

const host = new FakeVolumeHost()

describe('fake volumes', () => {
  volumeContract({
    driver: () => createFakeVolumes(host),
    write: async ({ id }, place, text) => host.write(id, place, text),
    read: async ({ id }, place) => host.volumes.get(id)?.words.get(place) ?? null,
    running: () => ({ copyTo: async () => {}, grow: async () => {} }),
    tooSmallMib: 0,
    leftovers: async () => [...host.volumes.keys(), ...host.snapshots.keys()],
  })
})
