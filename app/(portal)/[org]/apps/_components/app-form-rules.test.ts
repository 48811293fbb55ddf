import { expect, test } from 'vitest'
import { AppSpec, envPatch, formPath, nameFromImage } from './app-form-rules.ts'

test('a name is suggested from the last part of the image', () => {
  expect(['ghcr.io/acme/Web_Shop:2.1', 'nginx', `x/9app@sha256:${'a'.repeat(64)}`].map(nameFromImage)).toEqual(['web-shop', 'nginx', 'app'])
})

test('a patch of the environment names only what changed and never sends an untouched secret', () => {
  const before = [
    { name: 'A', value: '1', secret: false },
    { name: 'B', value: null, secret: true },
    { name: 'C', value: 'x', secret: false },
  ]
  const after = [
    { name: 'A', value: '2', secret: false },
    { name: 'B', value: null, secret: true },
    { name: 'D', value: 's', secret: true },
  ]
  expect(envPatch(before, after)).toEqual({ A: { value: '2', secret: false }, C: null, D: { value: 's', secret: true } })
  expect(envPatch(before, before)).toEqual({})
  expect(envPatch(before, before.map((entry) => ({ ...entry, secret: false })))).toEqual({})
})

test('a variable set twice is refused at its second row', () => {
  const spec = { image: 'nginx', size: 'micro', replicas: '1', port: '8080', health_path: '' }
  const row = { name: 'A', value: '1', secret: false }
  const found = AppSpec.safeParse({ ...spec, env: [row, row] })
  expect(found.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['env.1.name'])
  expect(AppSpec.safeParse({ ...spec, port: '70000', env: [] }).success).toBe(false)
})

test('faults of the wire find their place in the form', () => {
  const env = [{ name: 'A', value: '', secret: false }]
  expect(['resources.memory', 'health_check.path', 'env.A', 'name'].map((path) => formPath(path, env))).toEqual([
    'size',
    'health_path',
    'env.0.value',
    'name',
  ])
})
