import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ext4Size } from './ext4.ts'

test('there is room for every inode and byte, in whole blocks, with little waste for large images', () => {
  fc.assert(fc.property(fc.nat(1_000_000), fc.nat(20 * 1024 ** 3), (entries, bytes) => {
    const size = ext4Size({ entries, bytes })
    expect(size.bytes % 4096).toBe(0)
    expect(size.inodes).toBeGreaterThan(entries)
    expect(size.bytes).toBeGreaterThanOrEqual(bytes + size.inodes * 256)
    expect(size.bytes).toBeLessThan((bytes + size.inodes * 256) * 1.02 + (4 << 20))
    expect(ext4Size({ entries, bytes }, 1.4).bytes).toBeGreaterThan(size.bytes)
  }))
})
