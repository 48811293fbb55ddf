import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { requireSubordinateIds } from './subordinate-ids.ts'

const AMINA = { username: 'amina', uid: 1001 }
let folder: string
beforeEach(() => { folder = mkdtempSync(path.join(os.tmpdir(), 'ids-')) })
afterEach(() => { rmSync(folder, { recursive: true }) })

const give = (subuid: string, subgid: string): void => {
  writeFileSync(path.join(folder, 'subuid'), subuid)
  writeFileSync(path.join(folder, 'subgid'), subgid)
}

test.each(['amina:100000:65536\n', 'root:1:1\n1001:200000:65536\n'])('a range by name or by number is enough: %j', (text) => {
  give(text, text)
  expect(() => { requireSubordinateIds(AMINA, folder) }).not.toThrow()
})

test.each([['', ''], ['amina:100000:65536\n', ''], ['aminata:100000:65536\n', 'aminata:100000:65536\n'], ['amina:100000:1000\n', 'amina:100000:1000\n']])(
  'without one the start stops and names the command: %j %j', (subuid, subgid) => {
    give(subuid, subgid)
    expect(() => { requireSubordinateIds(AMINA, folder) }).toThrow('usermod --add-subuids')
  })

test('files that are absent are no range', () => {
  expect(() => { requireSubordinateIds(AMINA, path.join(folder, 'absent')) }).toThrow('usermod')
})
