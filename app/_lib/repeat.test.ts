import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError, type Operation } from '@trpc/client'
import { observable, observableToPromise } from '@trpc/server/observable'
import { expect, test } from 'vitest'
import { statusOf, toProblem } from './problem.ts'
import { repeatHeaders, repeatUnanswered } from './repeat.ts'
import type { AppRouter } from './router-type.ts'

type Failure = TRPCClientError<AppRouter>
const lost = () => new TRPCClientError<AppRouter>('Failed to fetch')
const refused = (code: string) => Object.assign(new TRPCClientError<AppRouter>(code), { data: { problem: { code, title: code, detail: '' } } })

/** Sends one operation through the link to a server that fails in these ways before it answers. */
const send = async (type: Operation['type'], failures: Failure[], pauses = [1, 1, 1]) => {
  const sent: Record<string, string>[] = []
  const left = [...failures]
  const link = repeatUnanswered(pauses)({})
  const answer = observableToPromise(link({
    op: { id: 1, type, path: 'apps.create', input: {}, context: {}, signal: null },
    next: (op) => observable((observer) => {
      sent.push(repeatHeaders(op.context))
      const failure = left.shift()
      if (failure) observer.error(failure)
      else {
        observer.next({ result: { type: 'data', data: 'done' } })
        observer.complete()
      }
    }),
  }))
  const outcome = await answer.then(() => 'done', (error: Failure) => error.message)
  return { outcome, sent }
}

test('an act without an answer is sent again under its key, and says that it is a repetition', async () => {
  const { outcome, sent } = await send('mutation', [lost(), refused('idempotency_key_in_use')])
  const [first] = sent
  expect([outcome, Object.keys(first ?? {})]).toEqual(['done', ['idempotency-key']])
  expect(sent.slice(1)).toEqual(Array(2).fill({ ...first, 'x-shellwego-repeated': '1' }))
  expect((await send('mutation', [])).sent[0]).not.toEqual(first)
})

test('a refusal is an answer, and so is silence in the end', async () => {
  expect(await send('mutation', [refused('name_taken')])).toMatchObject({ outcome: 'name_taken', sent: [{}] })
  expect(await send('mutation', [lost(), refused('answer_lost')])).toMatchObject({ outcome: 'answer_lost', sent: [{}, {}] })
  const silent = await send('mutation', [lost(), lost(), lost(), lost(), lost()])
  expect([silent.outcome, silent.sent.length]).toEqual(['Failed to fetch', 4])
})

test('a question is not its business', async () => {
  expect(await send('query', [lost()])).toEqual({ outcome: 'Failed to fetch', sent: [{}] })
})

test.each([['an act', httpLink], ['a question', httpBatchLink]])('%s that is refused at the door has been answered', async (_what, link) => {
  let asked = 0
  const fetch = () => {
    asked += 1
    return Promise.resolve(Response.json({ type: 'about:blank', title: 'Too many requests', status: 429, detail: 'Wait.', code: 'rate_limited', instance: '/', request_id: 'req_1' }, { status: 429 }))
  }
  const client = createTRPCClient<AppRouter>({ links: [repeatUnanswered([1, 1]), link({ url: 'http://console.localhost', fetch })] })
  const error: unknown = await (link === httpLink ? client.apps.create.mutate({ name: 'a', image: 'b' }) : client.apps.list.query({})).catch((thrown: unknown) => thrown)
  expect([toProblem(error).code, statusOf(error), asked]).toEqual(['rate_limited', 429, 1])
})
