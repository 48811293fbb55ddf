import { expect, test } from 'vitest'
import { characterDevice, directory, file, writeArchive } from './initramfs.ts'

interface Read { path: string; mode: number; content: string; device: string }

function read(archive: Buffer): Read[] {
  const entries: Read[] = []
  for (let at = 0; at < archive.length;) {
    const field = (index: number): number => parseInt(archive.toString('ascii', at + 6 + index * 8, at + 14 + index * 8), 16)
    expect(archive.toString('ascii', at, at + 6)).toBe('070701')
    const nameEnd = at + 110 + field(11)
    const contentAt = nameEnd + ((4 - ((110 + field(11)) % 4)) % 4)
    entries.push({
      path: archive.toString('utf8', at + 110, nameEnd - 1),
      mode: field(1),
      content: archive.toString('utf8', contentAt, contentAt + field(6)),
      device: `${field(9)}:${field(10)}`,
    })
    at = contentAt + Math.ceil(field(6) / 4) * 4
  }
  return entries
}

test('an archive holds folders, files of any length and device nodes, and ends with the trailer', () => {
  const archive = writeArchive([
    directory('dev'), characterDevice('dev/console', 5, 1), file('init', Buffer.from('four'), 0o755), file('a', Buffer.from('odd')), file('empty', Buffer.alloc(0)),
  ])
  expect(read(archive)).toEqual([
    { path: 'dev', mode: 0o040755, content: '', device: '0:0' },
    { path: 'dev/console', mode: 0o020600, content: '', device: '5:1' },
    { path: 'init', mode: 0o100755, content: 'four', device: '0:0' },
    { path: 'a', mode: 0o100644, content: 'odd', device: '0:0' },
    { path: 'empty', mode: 0o100644, content: '', device: '0:0' },
    { path: 'TRAILER!!!', mode: 0, content: '', device: '0:0' },
  ])
})
