import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { brandContext } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { queueMail, setMailPorts, type OutgoingMail } from './index.ts'

withRuntime()

const render = () => Promise.resolve({ subject: 'Hello', text: 'https://console.localhost/verify?token=1', html: '<p>' })
const queue = async (dedupeKey: string): Promise<void> => {
  const { id } = await brandContext()
  await runtime().databases.asSystem('job', (db) =>
    queueMail(db, { brandId: id, to: 'ada@example.com', template: 'verify-email', props: { name: 'Ada', url: 'https://console.localhost' }, dedupeKey }))
}
const rows = (dedupeKey: string) => runtime().databases.asSystem('job', (db) => db.mail.findMany({ where: { dedupeKey } }))

test('a mail asked for twice is sent once, and its row remembers it', async () => {
  const sent: OutgoingMail[] = []
  setMailPorts({ render, transport: { send: (mail) => { sent.push(mail); return Promise.resolve() } } })
  await queue('twice')
  await drainJobs()
  await queue('twice')
  await drainJobs()
  expect(sent.map((mail) => [mail.to, mail.from.name])).toEqual([['ada@example.com', 'ShellWeGo']])
  expect((await rows('twice')).map((row) => row.sentAt !== null)).toEqual([true])
})

test('a mail whose transaction was undone does not exist', async () => {
  setMailPorts({ render, transport: null })
  const { id } = await brandContext()
  await expect(runtime().databases.asSystem('job', async (db) => {
    await queueMail(db, { brandId: id, to: 'ada@example.com', template: 'verify-email', props: { name: 'Ada', url: 'https://x.example' }, dedupeKey: 'undone' })
    throw new Error('undone')
  })).rejects.toThrow('undone')
  await drainJobs()
  expect(await rows('undone')).toEqual([])
})

test('the second try after a refusal carries the same message id', async () => {
  const ids: string[] = []
  setMailPorts({ render, transport: { send: (mail) => { ids.push(mail.messageId); return ids.length === 1 ? Promise.reject(new Error('451 later')) : Promise.resolve() } } })
  await queue('retried')
  await drainJobs()
  await expect.poll(async () => {
    await runtime().databases.systemPool.query('UPDATE graphile_worker._private_jobs SET run_at = now()')
    await drainJobs()
    return ids.length
  }).toBe(2)
  expect(new Set(ids).size).toBe(1)
})
