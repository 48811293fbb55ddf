import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testWhere } from '../../testing/test-where.ts'
import type { BucketTarget } from '../../../server/contract/node-api/backup.ts'
import type { Bucket } from '../bucket.ts'
import { openS3 } from './s3.ts'
import { FakeS3 } from './testing/fake-s3.ts'

let server: FakeS3
let endpoint = ''
beforeEach(async () => {
  server = new FakeS3()
  endpoint = await server.listen()
})
afterEach(() => server.close())

const target = (changes: Partial<BucketTarget> = {}): BucketTarget => ({ endpoint, region: 'eu-central-1', bucket: 'backups', guard: null, ...changes })
const codeOf = (work: Promise<unknown>) => work.then(() => 'done', (error: { code: string }) => error.code)

const works = async (bucket: Bucket, prefix: string): Promise<void> => {
  const names = Array.from({ length: 8 }, (_, index) => `${prefix}blocks/a b+${index}`)
  for (const name of names) await bucket.put(name, Buffer.from(`content of ${name}`))
  expect((await bucket.list(`${prefix}blocks/`)).sort()).toEqual(names)
  expect((await bucket.get(names[3] ?? ''))?.toString()).toBe(`content of ${names[3] ?? ''}`)
  expect(await bucket.get(`${prefix}none`)).toBeNull()
  await bucket.remove(names.slice(1))
  expect(await bucket.list(prefix)).toEqual([names[0]])
  await bucket.remove(names)
  expect(await bucket.list(prefix)).toEqual([])
}

test('objects are put, listed over several pages, read and removed, every request signed', async () => {
  await works(openS3(target(), server.keys), 'org/set/')
  expect(server.signed).toBeGreaterThan(15)
}, 20_000)

const real = process.env['SHELLWEGO_TEST_S3']
testWhere(real !== undefined, 'SHELLWEGO_TEST_S3 names no server')('the same with the server that SHELLWEGO_TEST_S3 names', async () => {
  const { keys, ...rest } = JSON.parse(real ?? '{}') as { endpoint: string; region: string; bucket: string; keys: { accessKeyId: string; secretAccessKey: string } }
  await works(openS3({ ...rest, guard: null }, keys), `test-${Date.now()}/`)
})

test('what passes is tried again; what does not is told with what to do, and never the secret', async () => {
  const answers = [503, 'cut_before', 'cut_after', null] as const
  let asked = 0
  server.faults.next = () => answers[asked++] ?? null
  const bucket = openS3(target(), server.keys)
  await bucket.put('a', Buffer.from('x'))
  expect([asked, server.objects.get('a')?.toString()]).toEqual([4, 'x'])
  server.faults.next = () => 503
  expect(await codeOf(bucket.put('b', Buffer.from('x')))).toBe('backup_failed')
  server.faults.next = () => null
  const wrong = openS3(target(), { ...server.keys, secretAccessKey: 'wrong secret' })
  await expect(wrong.put('c', Buffer.from('x'))).rejects.toMatchObject({ code: 'backup_refused', message: expect.not.stringContaining('wrong secret') as string })
  expect(await codeOf(openS3(target({ bucket: 'other' }), server.keys).list(''))).toBe('backup_refused')
  await server.close()
  expect(await codeOf(bucket.get('a'))).toBe('backup_unreachable')
})

describe('a customer\'s address', () => {
  const guard = { allow: '', plain_http: true }
  test.each(['http://127.0.0.1:8080', 'http://[::1]:8080', 'http://localhost:8080', 'http://169.254.169.254', 'http://10.0.0.1', 'http://[::ffff:127.0.0.1]:8080', 'http://2130706433:8080'])('%s is not reached', async (address) => {
    const go = async () => openS3(target({ endpoint: address, guard }), server.keys).list('')
    expect(await codeOf(go())).toBe('backup_refused')
    expect(server.signed).toBe(0)
  })

  test('is reached where the operator allows it, and never without TLS where that is asked for', async () => {
    await works(openS3(target({ guard: { allow: '127.0.0.0/8', plain_http: true } }), server.keys), 'p/')
    const go = async () => openS3(target({ guard: { allow: '127.0.0.0/8', plain_http: false } }), server.keys).list('')
    expect(await codeOf(go())).toBe('backup_refused')
  })
})
