import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { testWhere } from '../../agent/testing/test-where.ts'
import { mountDisk } from './disk.ts'

const real = testWhere(process.getuid?.() === 0, 'root is needed to mount a disk')

real('a full disk takes not a byte, and all of them again once it is free; what was there stays', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chaos-disk-'))
  const disk = mountDisk(folder)
  const file = (name: string): string => path.join(folder, name)
  try {
    writeFileSync(file('before'), 'kept')
    disk.fill()
    expect(() => writeFileSync(file('more'), 'x')).toThrow('ENOSPC')
    expect(readFileSync(file('before'), 'utf8')).toBe('kept')
    disk.free()
    writeFileSync(file('more'), 'x'.repeat(1 << 20))
  } finally {
    disk.unmount()
    rmSync(folder, { recursive: true })
  }
})
