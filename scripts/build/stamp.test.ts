import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { checkout } from '../host/files.ts'
import { isFresh, makeStep, type Step } from './stamp.ts'

let folder: string
let made: number

beforeEach(() => {
  mkdirSync(path.join(checkout, '.cache'), { recursive: true })
  folder = path.relative(checkout, mkdtempSync(path.join(checkout, '.cache/stamp-')))
  made = 0
  onTestFinished(() => {
    rmSync(path.join(checkout, folder), { recursive: true, force: true })
    rmSync(path.join(checkout, 'dist/.stamps', `${path.basename(folder)}.json`), { force: true })
  })
  write('in/a.ts', 'one')
  write('lib/b.ts', 'one')
})

function write(name: string, text: string): void {
  mkdirSync(path.join(checkout, folder, path.dirname(name)), { recursive: true })
  writeFileSync(path.join(checkout, folder, name), text)
}

function step(work: () => void = () => write('out', 'made')): Step {
  return {
    name: path.basename(folder), inputs: [`${folder}/in`], outputs: [`${folder}/out`],
    make: () => {
      made += 1
      work()
      return Promise.resolve([`${folder}/lib/b.ts`])
    },
  }
}

test('what was made stays fresh until an input, found or named, changes', async () => {
  expect(isFresh(step())).toBe(false)
  await makeStep(step())
  expect(isFresh(step())).toBe(true)
  write('in/a.ts', 'two')
  expect(isFresh(step())).toBe(false)
  await makeStep(step())
  write('lib/b.ts', 'two')
  expect(isFresh(step())).toBe(false)
  expect(made).toBe(2)
})

test('a new file among the inputs counts, a new test does not', async () => {
  await makeStep(step())
  write('in/a.test.ts', 'x')
  expect(isFresh(step())).toBe(true)
  write('in/c.ts', 'x')
  expect(isFresh(step())).toBe(false)
})

test('a missing output is made again', async () => {
  await makeStep(step())
  rmSync(path.join(checkout, folder, 'out'))
  expect(isFresh(step())).toBe(false)
})

test('a failed build leaves nothing fresh behind', async () => {
  await makeStep(step())
  write('in/a.ts', 'broken')
  await expect(makeStep(step(() => { throw new Error('no') }))).rejects.toThrow('no')
  write('in/a.ts', 'one')
  expect(isFresh(step())).toBe(false)
})

test('an input that changes during the build is built again', async () => {
  await makeStep(step(() => {
    write('out', 'made of the old input')
    write('in/a.ts', 'changed meanwhile')
  }))
  expect(isFresh(step())).toBe(false)
})
