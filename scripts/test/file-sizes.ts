import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { checkout } from '../host/files.ts'

const LONGEST = 350
const FOLDERS = ['agent', 'app', 'cli', 'e2e', 'emails', 'prisma', 'scripts', 'server']

/** Source files that have outgrown one room. */
export function oversizedFiles(): string[] {
  const files = globSync(`{${FOLDERS.join(',')}}/**/*.{ts,tsx,mjs,c,h}`, { cwd: checkout, exclude: (name) => name === 'generated' })
  return files.flatMap((file) => {
    const lines = readFileSync(path.join(checkout, file), 'utf8').trimEnd().split('\n').length
    return lines > LONGEST ? [`${file}: ${lines} lines (at most ${LONGEST})`] : []
  })
}
