import { FakeImageDriver } from './fake.ts'
import { imageDriverContract, type RegistryFault } from './image.contract.ts'

const CODES = {
  none: null, down: 'registry_unavailable', error500: 'registry_unavailable', unauthorized: 'image_auth', truncated: 'registry_unavailable',
  corrupted: 'digest_mismatch',
} as const satisfies Record<RegistryFault, unknown>

imageDriverContract('fake', async () => {
  const driver = new FakeImageDriver({ pullMs: 30, floor: { images: 1, recentMs: 0 } })
  return {
    driver,
    pulls: () => driver.pulls,
    breakRegistry: async (fault) => driver.fail(CODES[fault]),
    close: async () => {},
  }
})
