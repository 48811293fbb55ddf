import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { checkout, readOptional, writeAtomic } from '../host/files.ts'

/** Proof that an output was made from inputs of exactly this content. */
interface Stamp {
  digest: string
  /** Inputs found while building, beside the step's own. */
  discovered: string[]
}

export interface Step {
  name: string
  /** Files and folders, relative to the checkout. */
  inputs: readonly string[]
  outputs: readonly string[]
  /** Makes the outputs; returns further inputs it met. */
  make: () => Promise<readonly string[]>
}

const stampFile = (name: string): string => path.join(checkout, 'dist/.stamps', `${name}.json`)

function isTest(file: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(file)
}

function filesUnder(input: string): string[] {
  const absolute = path.join(checkout, input)
  if (!existsSync(absolute)) return []
  if (!statSync(absolute).isDirectory()) return [input]
  return globSync(`${input}/**/*`, { cwd: checkout, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isTest(entry.name))
    .map((entry) => path.relative(checkout, path.join(entry.parentPath, entry.name)))
}

export function digestOf(inputs: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of [...new Set(inputs.flatMap(filesUnder))].sort()) {
    hash.update(`${file}\0`).update(readFileSync(path.join(checkout, file))).update('\0')
  }
  return hash.digest('hex')
}

export function isFresh(step: Step): boolean {
  const text = readOptional(stampFile(step.name))
  if (!text || !step.outputs.every((output) => existsSync(path.join(checkout, output)))) return false
  const stamp = JSON.parse(text) as Stamp
  return stamp.digest === digestOf([...step.inputs, ...stamp.discovered])
}

/** Inputs are read before and after: what changes during the build makes the output stale again. */
export async function makeStep(step: Step): Promise<void> {
  // A build that fails half way has already spoilt the old outputs.
  rmSync(stampFile(step.name), { force: true })
  const before = digestOf(step.inputs)
  const discovered = [...await step.make()]
  if (digestOf(step.inputs) !== before) return
  mkdirSync(path.dirname(stampFile(step.name)), { recursive: true })
  writeAtomic(stampFile(step.name), JSON.stringify({ digest: digestOf([...step.inputs, ...discovered]), discovered }), 0o644)
}
