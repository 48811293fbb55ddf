import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { imageDriverContract, type ImageContractHarness } from '../image.contract.ts'
import { buildImage, buildLayer } from '../../../../scripts/images/oci-image.ts'
import { pushImage } from '../../../../scripts/images/registry.ts'
import { directory, file } from '../../../../scripts/images/tar.ts'
import { OciImageDriver } from './driver.ts'
import { faultRegistry } from './testing/fault-registry.ts'
import { freePort, startLocalRegistry, type LocalRegistry } from '../../../../scripts/images/testing/local-registry.ts'

const run = promisify(execFile)
const options = { signal: new AbortController().signal, maxBytes: 1 << 30 }
let registry: LocalRegistry
let imagesDir: string

beforeAll(async () => {
  registry = await startLocalRegistry()
}, 60_000)
afterAll(() => registry.stop())
beforeEach(async () => {
  imagesDir = await mkdtemp(join(tmpdir(), 'images-'))
  return () => rm(imagesDir, { recursive: true, force: true })
})

const sha256 = (content: Buffer): string => `sha256:${createHash('sha256').update(content).digest('hex')}`
const debugfs = async (rootfs: string, command: string): Promise<string> => (await run('debugfs', ['-R', command, rootfs])).stdout

async function openHarness(): Promise<ImageContractHarness> {
  const proxy = faultRegistry(await freePort(), registry.address)
  await proxy.start()
  const driver = new OciImageDriver({ imagesDir, builtinRegistry: proxy.address, allowRegistries: [], floor: { images: 1, recentMs: 0 } })
  return {
    driver,
    pulls: () => Math.max(0, ...proxy.blobRequests.values()),
    breakRegistry: async (fault) => {
      proxy.fault = fault
      await (fault === 'down' ? proxy.stop() : proxy.start())
    },
    close: () => proxy.stop(),
  }
}

imageDriverContract('oci with a real registry', openHarness)

describe('oci image driver on disk', () => {
  const open = (overrides: Partial<ConstructorParameters<typeof OciImageDriver>[0]> = {}): OciImageDriver =>
    new OciImageDriver({ imagesDir, builtinRegistry: registry.address, allowRegistries: [], floor: { images: 0, recentMs: 0 }, ...overrides })
  const push = (name: string, entries: Parameters<typeof buildLayer>[0][]): Promise<boolean> =>
    pushImage(registry.address, name, 'v1', buildImage(entries.map(buildLayer), { Cmd: ['/x'] }))

  test('owners of the image are kept in the file system', async () => {
    const { rootfs, config } = await open().ensure('builtin/fixtures/uid999:v1', options)
    const inode = await debugfs(rootfs, 'stat /data/owned-by-999')
    expect(inode).toMatch(/Mode: +0600/)
    expect(inode).toMatch(/User: +999 +Group: +999/)
    expect(config.user).toBe('999:999')
  })

  test('the file system is sound, read-only on disk, and no larger than its content needs', async () => {
    const { rootfs, digest } = await open().ensure('builtin/redis:v7', options)
    await run('e2fsck', ['-fn', rootfs])
    const { mode, size, blocks } = await stat(rootfs)
    expect(mode & 0o222).toBe(0)
    expect(size).toBeLessThan(blocks * 512 * 1.25)
    expect(digest).toBe(registry.digests['redis:v7'])
  })

  test('later layers replace and delete what earlier ones put there', async () => {
    await push('fixtures/layered', [
      [directory('a'), file('a/kept', 'k'), file('a/gone', 'g'), file('a/changed', 'old')],
      [file('a/.wh.gone', ''), file('a/changed', 'new')],
    ])
    const { rootfs } = await open().ensure('builtin/fixtures/layered:v1', options)
    const listing = await debugfs(rootfs, 'ls -l /a')
    expect(listing).toContain('kept')
    expect(listing).not.toContain('gone')
    expect(await debugfs(rootfs, 'cat /a/changed')).toBe('new')
  })

  test('names that climb out of the image stay inside it', async () => {
    await push('fixtures/climbing', [[file('../../../../climbed', 'x'), file('fine', 'y')]])
    const result = await open().ensure('builtin/fixtures/climbing:v1', options).then(() => 'pulled', () => 'refused')
    expect(['pulled', 'refused']).toContain(result)
    expect(await readdir(imagesDir)).not.toContain('climbed')
    await expect(stat('/climbed')).rejects.toThrow()
  })

  test('a small layer that unpacks to a huge one is refused before it is written', async () => {
    await push('fixtures/bomb', [[file('zeros', Buffer.alloc(32 << 20))]])
    const driver = open({ unpacked: { bytes: 16 << 20, entries: 1000 } })
    await expect(driver.ensure('builtin/fixtures/bomb:v1', options)).rejects.toMatchObject({ code: 'image_too_large' })
    expect(await driver.list()).toEqual([])
  })

  test('an image of very many files is refused before it is written', async () => {
    await push('fixtures/crowd', [Array.from({ length: 1200 }, (_, index) => file(`f${index}`, ''))])
    const driver = open({ unpacked: { bytes: 1 << 30, entries: 1000 } })
    await expect(driver.ensure('builtin/fixtures/crowd:v1', options)).rejects.toMatchObject({ code: 'image_too_large' })
  })

  test('an image of very many empty files fits', async () => {
    await push('fixtures/many', [Array.from({ length: 5000 }, (_, index) => file(`dir-${index % 7}/a-rather-long-file-name-${index}`, 'x'))])
    const { rootfs } = await open().ensure('builtin/fixtures/many:v1', options)
    await run('e2fsck', ['-fn', rootfs])
  })

  test('what a crash left half-made is gone at the next start', async () => {
    const { digest } = await open().ensure('builtin/hello:v1', options)
    await mkdir(join(imagesDir, '.staging', 'half', 'root'), { recursive: true })
    const broken = `sha256-${'a'.repeat(64)}`
    await mkdir(join(imagesDir, broken))
    await writeFile(join(imagesDir, broken, 'rootfs.ext4'), 'half')
    const reopened = open()
    expect((await reopened.list()).map((image) => image.digest)).toEqual([digest])
    expect(await readdir(join(imagesDir, '.staging'))).toEqual(['auth.json'])
    expect(await readdir(imagesDir)).not.toContain(broken)
  })

  test('layers shared with an image on disk are not downloaded again, and leave with the last image', async () => {
    const driver = open()
    await driver.ensure('builtin/hello:v1', options)
    const before = await readdir(join(imagesDir, '.blobs', 'sha256'))
    await driver.ensure('builtin/hello:v2', options)
    const added = (await readdir(join(imagesDir, '.blobs', 'sha256'))).filter((name) => !before.includes(name))
    expect(added).toHaveLength(2)
    await driver.collect(new Set(), 0)
    expect(await readdir(join(imagesDir, '.blobs', 'sha256'))).toEqual([])
  })

  test('an image in the older Docker format is pulled under the digest its registry gives it', async () => {
    const built = buildImage([buildLayer([file('bin/tool', 'x', { mode: 0o755 })])], { Cmd: ['/bin/tool'], Env: ['A=1'] })
    const { config, layers } = built
    await pushImage(registry.address, 'fixtures/docker', 'oci', built)
    const types = { manifest: 'application/vnd.docker.distribution.manifest.v2+json', layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip' }
    const body = JSON.stringify({
      schemaVersion: 2, mediaType: types.manifest,
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: config.content.length, digest: config.digest },
      layers: layers.map((layer) => ({ mediaType: types.layer, size: layer.content.length, digest: layer.digest })),
    })
    const url = `http://${registry.address}/v2/fixtures/docker/manifests/v1`
    const put = await fetch(url, { method: 'PUT', body, headers: { 'content-type': types.manifest } })
    const image = await open().ensure('builtin/fixtures/docker:v1', options)
    expect(image.digest).toBe(put.headers.get('docker-content-digest'))
    expect(image.config).toMatchObject({ cmd: ['/bin/tool'], env: { A: '1' } })
    expect(await debugfs(image.rootfs, 'cat /bin/tool')).toBe('x')
  })

  test('an image with zstd layers is pulled', async () => {
    const { config, layers } = buildImage([buildLayer([file('tool', 'x'.repeat(5000))])], { Cmd: ['/tool'] })
    const packed = layers.map(({ content }) => zstdCompressSync(gunzipSync(content)))
    const blobs = packed.map((content) => ({ content, mediaType: 'application/vnd.oci.image.layer.v1.tar+zstd', digest: sha256(content) }))
    const mediaType = 'application/vnd.oci.image.manifest.v1+json'
    const describe = (blob: typeof config): object => ({ mediaType: blob.mediaType, digest: blob.digest, size: blob.content.length })
    const content = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config: describe(config), layers: blobs.map(describe) }))
    await pushImage(registry.address, 'fixtures/zstd', 'v1', { config, layers: blobs, manifest: { mediaType, content, digest: sha256(content) } })
    const image = await open().ensure('builtin/fixtures/zstd:v1', options)
    expect(image.digest).toBe(sha256(content))
    expect(await debugfs(image.rootfs, 'cat /tool')).toHaveLength(5000)
  })

  test('an index digest resolves to the manifest of this machine and is remembered', async () => {
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch
    const mediaType = 'application/vnd.oci.image.index.v1+json'
    const manifest = { mediaType: 'application/vnd.oci.image.manifest.v1+json', size: 1, digest: registry.digests['hello:v1'] }
    const size = await fetch(`http://${registry.address}/v2/hello/manifests/v1`, { headers: { accept: manifest.mediaType } })
    const body = JSON.stringify({ schemaVersion: 2, mediaType, manifests: [{ ...manifest, size: (await size.text()).length, platform: { os: 'linux', architecture } }] })
    const put = await fetch(`http://${registry.address}/v2/hello/manifests/multi`, { method: 'PUT', body, headers: { 'content-type': mediaType } })
    const indexDigest = put.headers.get('docker-content-digest') ?? ''
    const { digest } = await open().ensure('builtin/hello:multi', options)
    expect(digest).toBe(registry.digests['hello:v1'])
    const offline = open({ builtinRegistry: '127.0.0.1:1' })
    expect((await offline.ensure(`builtin/hello@${indexDigest}`, options)).digest).toBe(digest)
  })

  test('a registry on a private address is refused, and TLS is demanded of one that is allowed', async () => {
    const reference = `${registry.address}/hello:v1`
    await expect(open().ensure(reference, options)).rejects.toMatchObject({ code: 'image_invalid', message: expect.stringContaining('Registry not allowed') })
    const allowed = open({ allowRegistries: [registry.address] })
    await expect(allowed.ensure(reference, options)).rejects.toMatchObject({ code: 'registry_unavailable' })
  })

  test('a registry that never answers is given up, and the child is gone', async () => {
    const sockets: Socket[] = []
    const silent = createServer((socket) => sockets.push(socket))
    const port = await freePort()
    await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve))
    const driver = open({ builtinRegistry: `127.0.0.1:${port}`, timeouts: { inspectMs: 300, pullMs: 300, unpackMs: 1000 } })
    await expect(driver.ensure('builtin/hello:v1', options)).rejects.toMatchObject({ code: 'registry_unavailable' })
    expect(sockets.length).toBeGreaterThan(0)
    expect((await run('ps', ['-eo', 'args'])).stdout).not.toContain(`docker://127.0.0.1:${port}`)
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => silent.close(resolve))
  })

  test('a disk without room for the image is no_space, and worth a retry', async () => {
    const driver = open({ reserveBytes: Number.MAX_SAFE_INTEGER })
    await expect(driver.ensure('builtin/hello:v1', options)).rejects.toMatchObject({ code: 'no_space', retryable: true })
    expect(await readdir(join(imagesDir, '.staging'))).toEqual(['auth.json'])
  })

  test('a node without skopeo says which program is missing', async () => {
    const path = process.env['PATH']
    process.env['PATH'] = imagesDir
    const driver = open()
    process.env['PATH'] = path
    await expect(driver.ensure('builtin/hello:v1', options)).rejects.toMatchObject({ retryable: true, message: expect.stringContaining('skopeo') })
  })
})
