import { closeSync, fstatSync, openSync, readSync, watch } from 'node:fs'
import path from 'node:path'

const CHUNK = 64 * 1024

interface Followed {
  descriptor: number
  position: number
  rest: string
}

/**
 * Shows on the console what the parts write into their log files. They own the files, so they do not fail when nobody reads.
 */
export function followLogs(folder: string, names: readonly string[], print: (line: string) => void): () => void {
  const files = new Map<string, Followed>()
  const width = Math.max(...names.map((name) => name.length))
  const buffer = Buffer.alloc(CHUNK)

  const drain = (name: string): void => {
    const file = files.get(name)
    if (!file) return
    for (;;) {
      const size = readSync(file.descriptor, buffer, 0, CHUNK, file.position)
      if (size === 0) return
      file.position += size
      const lines = (file.rest + buffer.toString('utf8', 0, size)).split('\n')
      file.rest = lines.pop() ?? ''
      for (const line of lines) print(`${name.padEnd(width)} | ${line}`)
    }
  }

  for (const name of names) {
    const descriptor = openSync(path.join(folder, `${name}.log`), 'a+', 0o600)
    files.set(name, { descriptor, position: fstatSync(descriptor).size, rest: '' })
  }
  const watcher = watch(folder, (_event, file) => drain(path.basename(file ?? '', '.log')))
  return () => {
    watcher.close()
    for (const name of names) drain(name)
    for (const { descriptor } of files.values()) closeSync(descriptor)
  }
}
