import { expect, test } from 'vitest'
import { causeOf, classifyFailure, failureFromOutput, tooLarge } from './failures.ts'

const fatal = (message: string): string => `time="2026-11-21T09:33:25Z" level=fatal msg="${message.replaceAll('"', '\\"')}"\n`
const PARSING = 'Error parsing image name "docker://'

test.each([
  ['image_not_found', `${PARSING}h/x:y": reading manifest y in h/x: manifest unknown: manifest unknown`],
  ['image_not_found', `${PARSING}h/x:y": reading manifest y in h/x: name unknown: repository name not known to registry`],
  ['image_not_found', `${PARSING}h/x:y": reading manifest y in h/x: StatusCode: 404, not json`],
  ['image_auth', `${PARSING}h/x:y": reading manifest y in h/x: unauthorized: authentication required`],
  ['image_auth', `${PARSING}h/x:y": Requesting bear token: invalid status code from registry 403 (Forbidden)`],
  ['image_auth', `${PARSING}h/x:y": reading manifest y in h/x: requested access to the resource is denied`],
  ['registry_unavailable', `${PARSING}h/x:y": pinging container registry h: Get "http://h/v2/": dial tcp 1.2.3.4:1: connect: connection refused`],
  ['registry_unavailable', `${PARSING}h/x:y": pinging container registry h: Get "https://h/v2/": dial tcp: lookup h on 1.1.1.1:53: no such host`],
  ['registry_unavailable', `${PARSING}h/x:y": pinging container registry h: Get "https://h/v2/": dial tcp 1.2.3.4:443: i/o timeout`],
  ['registry_unavailable', `${PARSING}h/x:y": pinging container registry h: received unexpected HTTP status: 503 Service Unavailable`],
  ['registry_unavailable', `${PARSING}h/x:y": reading manifest y in h/x: toomanyrequests: You have reached your pull rate limit`],
  ['registry_unavailable', `${PARSING}h/x:y": pinging container registry h: Get "https://h/v2/": x509: certificate signed by unknown authority`],
  ['registry_unavailable', 'writing blob: storing blob to file "/x/1": happened during read: unexpected EOF'],
  ['digest_mismatch', `writing blob: Digest did not match, expected sha256:${'0'.repeat(64)}, got sha256:${'1'.repeat(64)}`],
  ['no_space', 'writing blob: storing blob to file "/x/1": write /x/1: no space left on device'],
  ['no_space', 'mke2fs: No space left on device while writing out and closing file system'],
  ['image_invalid', 'unpack layer: unsupported layer media type'],
])('%s: %s', (code, message) => {
  expect(classifyFailure(fatal(message))).toBe(code)
})

test.each(['docker://h/denied:404', 'docker://h/500-internal-server-error:v1', 'docker://timeout.example/unauthorized:no-space-left-on-device'])(
  'what an image is called does not decide the code: %s', (name) => {
    expect(classifyFailure(fatal(`Error parsing image name "${name}": reading manifest 403 in h/denied: manifest unknown`))).toBe('image_not_found')
  })

test('the cause shown is the last line without its log prefix, and short', () => {
  expect(causeOf(`noise\n${fatal('reading "x": EOF')}`)).toBe('reading "x": EOF')
  expect(causeOf(fatal('y'.repeat(5000))).length).toBeLessThan(310)
})

test('messages name the image and say what to do', () => {
  const error = failureFromOutput(fatal('connection refused'), 'ghcr.io/acme/web:2.1', 'ghcr.io')
  expect(error.message).toMatch(/^Registry not available: ghcr\.io did not deliver `ghcr\.io\/acme\/web:2\.1`\..*Cause: connection refused$/)
  expect(error.retryable).toBe(true)
})

test('too large shows both sizes in MiB', () => {
  expect(tooLarge('x', 20 * 1024 ** 3, 2 * 1024 ** 3, 'download').message).toContain('needs a download of 20,480 MiB; the limit is 2,048 MiB')
})
