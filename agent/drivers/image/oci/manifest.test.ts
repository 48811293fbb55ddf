import { expect, test } from 'vitest'
import { downloadSize, parseImageConfig, parseManifest } from './manifest.ts'

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`
const layer = (mediaType: string, size = 10): object => ({ mediaType, digest: digest('b'), size })
const image = (...layers: object[]): string => JSON.stringify({ schemaVersion: 2, config: { mediaType: 'c', digest: digest('a'), size: 5 }, layers })
const OCI = 'application/vnd.oci.image.layer.v1.tar+gzip'

test('the download is the sum of config and layers', () => {
  const parsed = parseManifest(image(layer(OCI, 100), layer('application/vnd.docker.image.rootfs.diff.tar.gzip', 20)))
  expect(parsed.kind === 'image' && downloadSize(parsed.manifest)).toBe(125)
})

test('an index leads to the manifest of the machine', () => {
  const entry = (architecture: string, letter: string, os = 'linux'): object => ({ ...layer('m'), digest: digest(letter), platform: { os, architecture } })
  const index = JSON.stringify({ manifests: [entry('amd64', 'e', 'windows'), entry('arm64', 'c'), entry('amd64', 'd'), entry('unknown', 'f', 'unknown')] })
  expect(parseManifest(index, 'x64')).toEqual({ kind: 'index', digest: digest('d') })
  expect(parseManifest(index, 'arm64')).toEqual({ kind: 'index', digest: digest('c') })
  expect(parseManifest(index, 'riscv64')).toMatchObject({ kind: 'unsupported', why: 'it has no variant for linux/riscv64' })
})

test.each([
  ['no JSON', '<html>'], ['an old schema 1 manifest', JSON.stringify({ schemaVersion: 1, fsLayers: [] })],
  ['a chart', image(layer('application/vnd.cncf.helm.chart.content.v1.tar+custom'))], ['negative sizes', image(layer(OCI, -1))],
  ['a digest that is a path', image({ ...layer(OCI), digest: 'sha256:../../etc' })],
])('%s is not supported', (_what, text) => {
  expect(parseManifest(text).kind).toBe('unsupported')
})

test('an image config is read with the defaults of the standard', () => {
  expect(parseImageConfig('{}')).toEqual({ entrypoint: [], cmd: [], env: {}, workdir: '/', user: '', exposedPorts: [], stopSignal: 'SIGTERM' })
  const full = {
    Entrypoint: ['/e'], Cmd: null, Env: ['A=b=c', 'EMPTY=', 'broken', '=x'], WorkingDir: '/w', User: '999:999', StopSignal: 'SIGINT',
    ExposedPorts: { '8080/tcp': {}, '53/udp': {}, '80': {}, '99999/tcp': {} },
  }
  expect(parseImageConfig(JSON.stringify({ config: full }))).toEqual({
    entrypoint: ['/e'], cmd: [], env: { A: 'b=c', EMPTY: '' }, workdir: '/w', user: '999:999', exposedPorts: [80, 8080], stopSignal: 'SIGINT',
  })
  expect(parseImageConfig('[1]')).toBeNull()
  expect(parseImageConfig('')).toBeNull()
})
