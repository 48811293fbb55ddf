import { UsageError } from '../exit.ts'

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const DOUBLE = /^"((?:[^"\\]|\\[\s\S])*)"\s*(?:#.*)?$/
const SINGLE = /^'([^']*)'\s*(?:#.*)?$/
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' }

/** `NAME=value`; the value may hold anything, more `=` too. */
export function parsePair(pair: string, option: string): [string, string] {
  const at = pair.indexOf('=')
  const name = pair.slice(0, at)
  if (at <= 0 || !NAME.test(name)) throw new UsageError(`${option} takes NAME=value, where the name holds letters, digits and underscores`)
  return [name, pair.slice(at + 1)]
}

function valueOf(written: string): string | null {
  const text = written.trim()
  const double = DOUBLE.exec(text)?.[1]
  if (double !== undefined) return double.replace(/\\([\s\S])/g, (whole, character: string) => ESCAPES[character] ?? whole)
  const single = SINGLE.exec(text)?.[1]
  if (single !== undefined) return single
  return /^["']/.test(text) ? null : text.replace(/\s+#.*$/, '')
}

/** A `.env` file: comments, `export`, quotes, and quoted values over several lines. Nothing in it is run or replaced. */
export function parseEnvFile(content: string): Record<string, string> {
  const variables: Record<string, string> = Object.create(null) as Record<string, string>
  const lines = content.replace(/^\ufeff/, '').split(/\r?\n/)
  for (let index = 0; index < lines.length; index += 1) {
    const start = index
    let line = (lines[index] ?? '').trim().replace(/^export\s+/, '')
    if (line === '' || line.startsWith('#')) continue
    const [name] = parsePair(line, `line ${start + 1}`)
    let value = valueOf(line.slice(name.length + 1))
    while (value === null && index + 1 < lines.length) {
      index += 1
      line = `${line}\n${lines[index]}`
      value = valueOf(line.slice(name.length + 1))
    }
    if (value === null) throw new UsageError(`line ${start + 1}: the quote of ${name} does not end`)
    variables[name] = value
  }
  return { ...variables }
}
