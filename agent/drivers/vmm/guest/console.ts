/** What the guest's console tells about its end, for when nobody was connected to hear it over the channel. */
import type { VmExit } from '../../vmm.ts'

const EXIT_RECORD = /shellwego-init: exit code=(-?\d+) signal=(-?\d+) oom=([01])/
const TELLING = /shellwego-init: |Kernel panic|Out of memory/
const DETAIL_CHARS = 2000

const orNull = (text: string | undefined): number | null => (text === undefined || text.startsWith('-') ? null : Number(text))

export function exitFromConsole(text: string): VmExit | null {
  const record = EXIT_RECORD.exec(text)
  if (record) return { kind: 'process', code: orNull(record[1]), signal: orNull(record[2]), oom: record[3] === '1' }
  if (/Kernel panic/.test(text)) return { kind: 'vmm', reason: 'guest_panic', detail: tellingLines(text) }
  return null
}

const tellingLines = (text: string): string =>
  text.split('\n').filter((line) => TELLING.test(line)).map((line) => line.trim()).join('\n').slice(-DETAIL_CHARS)
