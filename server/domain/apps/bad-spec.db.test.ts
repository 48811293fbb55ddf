import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { CreateApp } from '../../contract/app.ts'
import { makeOwner } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { createApp, listApps, updateApp } from './index.ts'

withRuntime()
const HELLO = { name: 'hello', image: 'builtin/hello:v1', port: 8080 }
const LONG = 'x'.repeat(40_000)

/** Of each field of a spec, what is just out of its range; the last part of a path may be one of a list or a record. */
const OUT_OF_RANGE: Record<string, unknown[]> = {
  'name': ['', 'a', 'Upper', '-a', 'a_b', 'a'.repeat(41), 7], 'image': ['', 'https://x/y', 'two words', 'a'.repeat(501)],
  'command/0': ['a\0b', 'x'.repeat(4097), 7], 'command': [Array(65).fill('a'), 'run'], 'env/A': ['a\0b', LONG, 7, { value: 'a\0b' }, { from_secret: '1A' }], 'env': [{ '1A': 'x' }, { 'A-B': 'x' }, []],
  'port': [0, -1, 65_536, 1.5, '8080'], 'resources/memory': ['64m', '0m', '-1g', '1', '1t', '99999999m', 128], 'resources/cpu': ['0', '0.5', '-1', '100.5', 0, -1, 'one'],
  'resources/disk': ['0m', '10000g', '-1g', 'much', 1], 'replicas': [0, -1, 21, 1.5, '2'], 'public': ['yes', 1], 'health_check/path': ['healthz', `/${'x'.repeat(512)}`],
  'health_check/interval': ['5', '0s', '1m', '1000s', -5], 'health_check/timeout': ['0s', '100s', '2'], 'health_check/retries': [0, 11, 1.5], 'health_check/grace': ['60', '10000s', 'long'],
  'health_check/successes': [0, 11], 'strategy/type': ['fast', ''], 'strategy/max_surge': [-1, 21, 1.5, '101%', '25'], 'strategy/max_unavailable': [-1, 21, '-1%'],
  'strategy/min_healthy_seconds': [-1, 601, 0.5], 'strategy/deadline_seconds': [29, 7201], 'strategy/rollback_window_minutes': [-1, 1441],
  'strategy/canary/steps/0': [0, 4, 7, 100], 'strategy/canary/steps': [[], [50, 25], Array.from({ length: 9 }, (_, at) => 5 + at * 5)], 'strategy/canary/step_seconds': [9, 3601],
  'strategy/canary/min_requests': [0, 100_001], 'strategy/canary/max_error_rate': [-1, 101], 'strategy/canary/max_latency_ratio': [0.5, 101],
  'sleep_after_minutes': [0, -1, 1441, 1.5],
}

interface Schema { properties?: Record<string, Schema>; anyOf?: Schema[] }
/** The paths of all fields that are not themselves objects. */
const leavesOf = ({ properties = {} }: Schema, above = ''): string[] => Object.entries(properties).flatMap(([name, one]) => {
  const path = `${above}${name}`
  return one.properties ? leavesOf(one, `${path}/`) : [path]
})
const specOf = (path: string, value: unknown): Record<string, unknown> => path.split('/').reduceRight<unknown>((inner, part) => (part === '0' ? [inner] : { [part]: inner }), value) as Record<string, unknown>

let owner: Awaited<ReturnType<typeof makeOwner>>
beforeAll(async () => {
  owner = await makeOwner()
  await owner.call(createApp, { ...HELLO, name: 'there' })
})

test('every field of a spec is in the list below', () => {
  expect(leavesOf(z.toJSONSchema(CreateApp, { io: 'input', unrepresentable: 'any' }) as Schema).filter((path) => !(path in OUT_OF_RANGE))).toEqual([])
})

test.each(Object.entries(OUT_OF_RANGE))('%s out of its range is refused at its field, in a new app and in one that is there', async (path, values) => {
  for (const value of values) {
    const bad = specOf(path, value)
    const calls = [() => owner.call(createApp, { ...HELLO, ...bad }), ...(path === 'name' ? [] : [() => owner.call(updateApp, { app_id: 'there', ...bad })])]
    for (const call of calls) {
      const error = await call().then(() => null, (e: unknown) => e) as { code: string; errors: { pointer: string; message: string }[] } | null
      expect([value, ['invalid_request', 'rule_violated'].includes(error?.code ?? 'taken')]).toEqual([value, true])
      expect([value, error?.errors.every(({ pointer }) => pointer === `/${path}` || pointer.startsWith(`/${path}/`))]).toEqual([value, true])
      expect(error?.errors.every(({ message }) => message.length > 5)).toBe(true)
    }
  }
  expect((await owner.call(listApps, {})).data.map((app) => [app.name, app.version])).toEqual([['there', 1]])
})

test('all faults at once, each at its field; nothing of it is done', async () => {
  const all = { ...HELLO, name: 'A', port: 0, replicas: 99, resources: { memory: 'x' }, strategy: { canary: { steps: [3] } } }
  const error = await owner.call(createApp, all).catch((e: unknown) => e) as { errors: { pointer: string }[] }
  expect([...new Set(error.errors.map(({ pointer }) => pointer))].toSorted()).toEqual(['/name', '/port', '/replicas', '/resources/memory', '/strategy/canary/steps/0'])
})
