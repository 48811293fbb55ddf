import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ImageError } from '../../image.ts'
import { formatReference, parseReference } from './reference.ts'

const DIGEST = `sha256:${'a1'.repeat(32)}`

test.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:alpine', 'docker.io/library/nginx:alpine'],
  ['  nginx  ', 'docker.io/library/nginx:latest'],
  ['bitnami/redis', 'docker.io/bitnami/redis:latest'],
  ['docker.io/nginx', 'docker.io/library/nginx:latest'],
  ['index.docker.io/library/nginx:1', 'docker.io/library/nginx:1'],
  ['ghcr.io/a/b:tag', 'ghcr.io/a/b:tag'],
  ['GHCR.io/a/b', 'ghcr.io/a/b:latest'],
  ['host:5000/name', 'host:5000/name:latest'],
  ['localhost/name', 'localhost/name:latest'],
  ['127.0.0.1:5000/a/b/c:v1', '127.0.0.1:5000/a/b/c:v1'],
  ['[::1]:5000/a:v1', '[::1]:5000/a:v1'],
  [`name@${DIGEST}`, `docker.io/library/name@${DIGEST}`],
  [`ghcr.io/a/b:tag@${DIGEST}`, `ghcr.io/a/b:tag@${DIGEST}`],
  ['builtin/hello:v1', 'builtin/hello:v1'],
  ['builtin/fixtures/exit1', 'builtin/fixtures/exit1:latest'],
])('%s means %s', (written, meant) => {
  expect(formatReference(parseReference(written))).toBe(meant)
})

test('only the host builtin is the built-in registry', () => {
  expect(parseReference('builtin/hello:v1')).toMatchObject({ builtin: true, repository: 'hello', tag: 'v1', digest: null })
  for (const other of ['builtin', 'docker.io/builtin/hello', 'builtin.example/hello', 'builtin:5000/hello']) {
    expect(parseReference(other).builtin).toBe(false)
  }
})

test.each([
  '', ' ', 'UPPER', 'a b', 'a//b', '/a', 'a/', 'a:', 'a:b:c', 'a@sha256:short', 'a@md5:00', `a@${DIGEST}@${DIGEST}`, 'host:0/a', 'host:99999/a', 'a..b/x',
  '-a', 'a:-x', 'docker://nginx', 'oci:/etc/passwd', '--help', 'a;b', 'a\nb', 'a\0b', 'builtin/', 'builtin/../x', `${'a'.repeat(600)}`,
])('%j is refused', (written) => {
  expect(() => parseReference(written)).toThrow(ImageError)
})

const part = fc.stringMatching(/^[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,8})?$/)
const host = fc.oneof(fc.stringMatching(/^[a-z0-9]{1,10}\.[a-z]{2,5}$/), fc.tuple(part.filter((p) => !p.includes('_')), fc.integer({ min: 1, max: 65535 })).map(([h, p]) => `${h}:${p}`))
const version = fc.oneof(fc.stringMatching(/^:[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), fc.stringMatching(/^@sha256:[0-9a-f]{64}$/))

test('a full reference comes back as it was written', () => {
  fc.assert(fc.property(host, fc.array(part, { minLength: 1, maxLength: 4 }), version, (registry, path, suffix) => {
    const written = `${registry}/${path.join('/')}${suffix}`
    fc.pre(!registry.endsWith('docker.io'))
    expect(formatReference(parseReference(written))).toBe(written)
  }))
})

test('normalising twice changes nothing, and whatever text comes in, what comes out is safe as an argument', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'ab1:/@.-_ A[]\n') })), (text) => {
    let once: string
    try {
      once = formatReference(parseReference(text))
    } catch (error) {
      expect(error).toBeInstanceOf(ImageError)
      return
    }
    expect(formatReference(parseReference(once))).toBe(once)
    expect(once).toMatch(/^[a-z0-9[][A-Za-z0-9._:/@[\]-]*$/)
  }), { numRuns: 2000 })
})
