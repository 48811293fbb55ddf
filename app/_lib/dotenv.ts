export type DotenvEntry = { name: string; value: string }

const NAME = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/s

function unquote(raw: string): string {
  const value = raw.trim()
  const double = value.match(/^"((?:[^"\\]|\\.)*)"/s)
  if (double !== null)
    return (double[1] ?? '').replace(/\\(.)/gs, (_, escaped: string) => ({ n: '\n', r: '\r', t: '\t' })[escaped] ?? escaped)
  const single = value.match(/^'([^']*)'/s)
  return single !== null ? (single[1] ?? '') : value.replace(/\s+#.*$/, '').trim()
}

/** Reads what people paste: comments, `export`, single and double quotes, values over several lines. */
export function parseDotenv(text: string): DotenvEntry[] {
  const entries = new Map<string, string>()
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  for (let at = 0; at < lines.length; at++) {
    let line = lines[at] ?? ''
    const open = line.match(/^[^=#]*=\s*(["'])/)?.[1]
    if (open !== undefined) {
      const closed = () => new RegExp(open === '"' ? '=\\s*"(?:[^"\\\\]|\\\\.)*"' : "=\\s*'[^']*'", 's').test(line)
      const rest = lines.slice(at + 1).findIndex((next) => next.includes(open))
      if (!closed() && rest >= 0) {
        line = lines.slice(at, at + rest + 2).join('\n')
        at += rest + 1
      }
    }
    const found = line.trim().match(NAME)
    if (found !== null) entries.set(found[1] ?? '', unquote(found[2] ?? ''))
  }
  return [...entries].map(([name, value]) => ({ name, value }))
}

export const looksSecret = (name: string): boolean =>
  /SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE|CREDENTIAL|API_?KEY|_KEY$|DATABASE_URL|DSN/i.test(name)
