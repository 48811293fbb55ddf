import { execFileSync } from 'node:child_process'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { buildImage, buildLayer } from './oci-image.ts'
import { directory, file, symlink, writeTar, type TarEntry } from './tar.ts'

const ENTRIES: TarEntry[] = [
  file('srv/deep/page', 'text', { mode: 0o640, uid: 999 }), symlink('bin/sh', 'busybox'), directory('data', { mode: 0o700, uid: 999 }), file('empty', ''),
]

const listing = (tar: Buffer): string => execFileSync('tar', ['--numeric-owner', '-tvf', '-'], { input: tar, encoding: 'utf8' })

test('tar reads back owners, modes, links and the folders above', () => {
  const lines = listing(writeTar(ENTRIES)).split('\n')
  expect(lines.find((line) => line.endsWith(' srv/deep/page'))).toMatch(/^-rw-r----- 999\/999 +4 /)
  expect(lines.find((line) => line.endsWith(' data/'))).toMatch(/^drwx------ 999\/999/)
  expect(lines.find((line) => line.includes('bin/sh'))).toContain('bin/sh -> busybox')
  expect(lines.filter((line) => line.startsWith('d')).map((line) => line.split(' ').at(-1))).toEqual(['bin/', 'data/', 'srv/', 'srv/deep/'])
})

test('the same content gives the same digest, whatever the order; other content gives another', () => {
  const digest = (entries: TarEntry[], command = '/x'): string => buildImage([buildLayer(entries)], { Cmd: [command] }).manifest.digest
  expect(digest([...ENTRIES].reverse())).toBe(digest(ENTRIES))
  expect(digest([...ENTRIES, file('more', '')])).not.toBe(digest(ENTRIES))
  expect(digest(ENTRIES, '/y')).not.toBe(digest(ENTRIES))
})

test('a manifest names its config and layers by size and digest', () => {
  const layer = buildLayer(ENTRIES)
  const { manifest, config } = buildImage([layer], {})
  expect(JSON.parse(manifest.content.toString())).toMatchObject({
    schemaVersion: 2, config: { digest: config.digest, size: config.content.length }, layers: [{ digest: layer.digest, size: layer.content.length }],
  })
  expect(JSON.parse(config.content.toString())).toMatchObject({ os: 'linux', rootfs: { diff_ids: [layer.diffId] } })
  expect(listing(gunzipSync(layer.content))).toContain('srv/deep/page')
})

test('a path too long for the header is an error, not a wrong archive', () => {
  expect(() => writeTar([file('x'.repeat(101), '')])).toThrow(RangeError)
})
