import { OUTPUT_LIMIT_BYTES, type CommandResult } from '../../contract/exec.ts'
import { FRAME, frame, inputFrame, offsetBytes, readFrame, readOutput, type Bytes, type Ended, type StreamName } from '../../contract/session-wire.ts'
import type { LiveSession, Viewer } from './live-session.ts'

type Output = CommandResult['stdout']

/** Keeps the first bytes and lets the rest go by: the command still ends with its own exit code. */
class Kept {
  #chunks: Buffer[] = []
  #bytes = 0
  #truncated = false

  add(bytes: Uint8Array): void {
    const part = bytes.subarray(0, OUTPUT_LIMIT_BYTES - this.#bytes)
    if (part.length < bytes.length) this.#truncated = true
    if (part.length > 0) this.#chunks.push(Buffer.from(part))
    this.#bytes += part.length
  }

  result(): Output {
    const bytes = Buffer.concat(this.#chunks)
    const text = decoded(bytes, this.#truncated)
    return { text: text ?? bytes.toString('base64'), encoding: text === null ? 'base64' : 'utf-8', truncated: this.#truncated }
  }
}

/** Null when it is no UTF-8. A cut may have gone through a character: the rest of that one is left out. */
const decoded = (bytes: Buffer, cut: boolean): string | null => {
  for (let less = 0; less <= (cut ? 3 : 0); less += 1) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, bytes.length - less))
    } catch { /* one byte less */ }
  }
  return null
}

/** Gives the command its input, reads what it says, and answers when it is over. */
export const collectOutput = (session: LiveSession, input: Buffer): Promise<{ ended: Ended; stdout: Output; stderr: Output }> =>
  new Promise((resolve) => {
    const kept: Record<StreamName, Kept> = { stdout: new Kept(), stderr: new Kept() }
    const viewer: Viewer = {
      send: (message: Bytes) => {
        const got = readFrame(message)
        const chunk = got?.type === FRAME.OUTPUT ? readOutput(got.payload) : null
        if (!chunk) return
        kept[chunk.stream].add(chunk.bytes)
        session.fromViewer({ type: FRAME.ACK, channel: 0, payload: offsetBytes(chunk.offset + chunk.bytes.length) })
      },
      leave: (ended) => resolve({ ended: ended ?? { reason: 'closed', code: null }, stdout: kept.stdout.result(), stderr: kept.stderr.result() }),
    }
    session.attach(viewer, null)
    const told = readFrame(inputFrame(0, { offset: 0, bytes: input }))
    if (told && input.length > 0) session.fromViewer(told)
    session.fromViewer({ type: FRAME.INPUT_END, channel: 0, payload: frame(FRAME.INPUT_END, 0) })
  })
