export interface DotenvEntry { name: string; value: string }

const NAME = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/s

const unquote = (raw: string): string => {
  const value = raw.trim()
  const double = /^"((?:[^"\\]|\\.)*)"/s.exec(value)
  if (double !== null) return (double[1] ?? '').replace(/\\(.)/gs, (_, escaped: string) => ({ n: '\n', r: '\r', t: '\t' })[escaped] ?? escaped)
  const single = /^'([^']*)'/s.exec(value)
  if (single !== null) return single[1] ?? ''
  const comment = value.search(/\s#/)
  return (comment < 0 ? value : value.slice(0, comment)).trim()
}

const closes = (text: string, quote: string): boolean => (quote === '"' ? /=\s*"(?:[^"\\]|\\.)*"/s : /=\s*'[^']*'/s).test(text)

/** Reads what people paste: comments, `export`, single and double quotes, values over several lines. The last of a name counts. */
export const readDotenv = (text: string): { entries: DotenvEntry[]; badLines: number[] } => {
  const entries = new Map<string, string>()
  const badLines: number[] = []
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  for (let at = 0; at < lines.length; at++) {
    const first = at
    let line = lines[at] ?? ''
    const open = /^[^=#]*=\s*(["'])/.exec(line)?.[1]
    if (open !== undefined && !closes(line, open)) {
      let end = at + 1
      while (end < lines.length && !lines[end]?.includes(open)) end += 1
      if (end < lines.length) {
        line = lines.slice(at, end + 1).join('\n')
        at = end
      }
    }
    const found = NAME.exec(line.trim())
    if (found !== null) entries.set(found[1] ?? '', unquote(found[2] ?? ''))
    else if (line.trim() !== '' && !line.trim().startsWith('#')) badLines.push(first + 1)
  }
  return { entries: [...entries].map(([name, value]) => ({ name, value })), badLines }
}

export const parseDotenv = (text: string): DotenvEntry[] => readDotenv(text).entries
