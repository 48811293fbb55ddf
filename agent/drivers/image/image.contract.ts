/** What every ImageDriver must do. Run by the tests of each implementation. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ImageError, type ImageDriver, type LocalImage, type PullOptions } from '../image.ts'

export type RegistryFault = 'none' | 'down' | 'error500' | 'unauthorized' | 'truncated' | 'corrupted'

export interface ImageContractHarness {
  driver: ImageDriver
  /** Downloads begun since the harness was opened. */
  pulls(): number
  breakRegistry(fault: RegistryFault): Promise<void>
  close(): Promise<void>
}

/** The registry holds `builtin/hello:v1`, `builtin/hello:v2` and `builtin/fixtures/noentry:v1`; the floor of the store is one image of any age. */
export type OpenHarness = () => Promise<ImageContractHarness>

const V1 = 'builtin/hello:v1'
const V2 = 'builtin/hello:v2'
const UNKNOWN_DIGEST = `builtin/hello@sha256:${'0'.repeat(64)}`

const options = (overrides: Partial<PullOptions> = {}): PullOptions => ({ signal: AbortSignal.timeout(30_000), maxBytes: 1 << 30, ...overrides })

async function failure(promise: Promise<unknown>): Promise<ImageError> {
  const error = await promise.then(() => null, (reason: unknown) => reason)
  if (error instanceof ImageError) return error
  throw new Error(`expected an ImageError, got ${String(error)}`)
}

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

export function imageDriverContract(name: string, openHarness: OpenHarness): void {
  describe(`image driver contract: ${name}`, () => {
    let harness: ImageContractHarness
    let driver: ImageDriver
    beforeEach(async () => {
      harness = await openHarness()
      driver = harness.driver
    })
    afterEach(() => harness.close())

    test('a tag is pulled once and found again by tag and by digest', async () => {
      const first = await driver.ensure(V1, options())
      expect(first.config).toMatchObject({ entrypoint: ['/app/start.sh'], exposedPorts: [8080], workdir: '/' })
      expect(first.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
      expect(first.sizeBytes).toBeGreaterThan(0)
      expect(await driver.ensure(V1, options())).toEqual(first)
      expect(await driver.ensure(`builtin/hello@${first.digest}`, options())).toEqual(first)
      expect(harness.pulls()).toBe(1)
    })

    test.each([
      ['image', 'builtin/nosuch:v1'], ['tag', 'builtin/hello:nosuch'], ['tag that reads like a status', 'builtin/hello:500'], ['digest', UNKNOWN_DIGEST],
    ])('an unknown %s is image_not_found, names the reference and is not worth a retry', async (_what, reference) => {
      const error = await failure(driver.ensure(reference, options()))
      expect(error).toMatchObject({ code: 'image_not_found', retryable: false })
      expect(error.message).toContain(`Image not found: \`${reference}\``)
      expect(await driver.list()).toEqual([])
    })

    test('a reference that cannot be read is image_invalid', async () => {
      expect(await failure(driver.ensure('Not an image', options()))).toMatchObject({ code: 'image_invalid', retryable: false })
    })

    test.each([
      ['down', 'registry_unavailable', true], ['error500', 'registry_unavailable', true], ['unauthorized', 'image_auth', false],
      ['truncated', 'registry_unavailable', true], ['corrupted', 'digest_mismatch', false],
    ] as const)('a registry that is %s gives %s, leaves nothing behind, and the next try works', async (fault, code, retryable) => {
      await harness.breakRegistry(fault)
      expect(await failure(driver.ensure(V1, options()))).toMatchObject({ code, retryable })
      expect(await driver.list()).toEqual([])
      await harness.breakRegistry('none')
      expect((await driver.ensure(V1, options())).digest).toMatch(/^sha256:/)
    })

    test('an image on disk is found by digest while the registry is down', async () => {
      const { digest } = await driver.ensure(V1, options())
      await harness.breakRegistry('down')
      expect((await driver.ensure(`builtin/hello@${digest}`, options())).digest).toBe(digest)
    })

    test('an image over the limit is refused before download, with both sizes', async () => {
      const error = await failure(driver.ensure(V1, options({ maxBytes: 1000 })))
      expect(error).toMatchObject({ code: 'image_too_large', retryable: false })
      expect(error.message).toMatch(/needs a download of \d+ MiB; the limit is 1 MiB/)
      expect(harness.pulls()).toBe(0)
    })

    test('an image without entrypoint and cmd is pulled all the same', async () => {
      const { config } = await driver.ensure('builtin/fixtures/noentry:v1', options())
      expect(config).toMatchObject({ entrypoint: [], cmd: [] })
    })

    test('concurrent calls for one digest share one pull', async () => {
      const [a, b, c] = await Promise.all([driver.ensure(V1, options()), driver.ensure(V1, options()), driver.ensure(V1, options())])
      expect([a, b]).toEqual([c, c])
      expect(harness.pulls()).toBe(1)
    })

    test('one caller giving up does not stop the other', async () => {
      const first = new AbortController()
      const given = driver.ensure(V1, options({ signal: first.signal, onProgress: (message) => { if (message.startsWith('pulling')) first.abort() } }))
      const kept = driver.ensure(V1, options())
      await expect(given).rejects.toThrow()
      expect((await kept).digest).toMatch(/^sha256:/)
    })

    test('a pull that everybody gave up leaves nothing behind', async () => {
      const controller = new AbortController()
      const pull = driver.ensure(V1, options({ signal: controller.signal, onProgress: () => { void tick().then(() => controller.abort()) } }))
      await expect(pull).rejects.toThrow()
      await tick()
      expect(await driver.list()).toEqual([])
    })

    test('collection deletes the least recently used first and stops when the store is small enough', async () => {
      const images: LocalImage[] = []
      for (const reference of [V1, V2, 'builtin/fixtures/noentry:v1']) {
        images.push(await driver.ensure(reference, options()))
        await tick()
      }
      const [v1, v2, last] = images as [LocalImage, LocalImage, LocalImage]
      await driver.ensure(V1, options())
      expect(await driver.collect(new Set(), v1.sizeBytes + last.sizeBytes)).toEqual([v2.digest])
      expect((await driver.list()).map(({ digest }) => digest).sort()).toEqual([v1.digest, last.digest].sort())
    })

    test('collection never touches an image in use, nor the floor', async () => {
      const used = await driver.ensure(V1, options())
      await tick()
      const floor = await driver.ensure(V2, options())
      expect(await driver.collect(new Set([used.digest]), 0)).toEqual([])
      expect(await driver.collect(new Set(), 0)).toEqual([used.digest])
      expect((await driver.list()).map(({ digest }) => digest)).toEqual([floor.digest])
    })
  })
}
