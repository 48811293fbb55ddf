import { ApiError, ConnectionError } from './errors.ts'

export interface StreamFrame { id: string | null; event: string; data: unknown }

export interface StreamOptions {
  /** Opens the stream, behind the frame with that id. */
  open: (lastEventId: string | null) => Promise<Response>
  signal: AbortSignal
  /** Told each time the connection was lost and is taken up again. */
  onReconnect?: (waitMs: number) => void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 10_000

function parseFrame(block: string): StreamFrame | null {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const at = line.indexOf(':')
    if (at <= 0) continue
    const [name, value] = [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')]
    fields.set(name, name === 'data' && fields.has('data') ? `${fields.get('data')}\n${value}` : value)
  }
  const data = fields.get('data')
  return data === undefined ? null : { id: fields.get('id') ?? null, event: fields.get('event') ?? 'message', data: JSON.parse(data) as unknown }
}

/** The frames of one `text/event-stream` body. */
export async function* framesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamFrame> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    rest = `${rest}${decoder.decode(chunk, { stream: true })}`.replaceAll('\r\n', '\n')
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const frame = parseFrame(block)
      if (frame) yield frame
    }
  }
}

const wait = (ms: number, signal: AbortSignal): Promise<void> => new Promise((resolve) => {
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    resolve()
  }, { once: true })
})

/** Follows a live stream; after a lost connection it goes on behind the last frame. Ends with the signal, or when the API says `end`. */
export async function* followStream({ open, signal, onReconnect }: StreamOptions): AsyncGenerator<StreamFrame> {
  let [last, pause]: [string | null, number] = [null, FIRST_WAIT_MS]
  let opened = false
  while (!signal.aborted) {
    try {
      const response = await open(last)
      opened = true
      for await (const frame of response.body ? framesOf(response.body) : []) {
        if (frame.event === 'end') throw endOf(frame)
        last = frame.id ?? last
        pause = FIRST_WAIT_MS
        yield frame
      }
    } catch (error) {
      if (signal.aborted) return
      const refused = error instanceof ApiError && error.status < 500 && error.status !== 429
      if (refused || !opened) throw error
      if (error instanceof SyntaxError) throw new ConnectionError('the stream', error)
    }
    onReconnect?.(pause)
    await wait(pause, signal)
    pause = Math.min(pause * 2, LONGEST_WAIT_MS)
  }
}

function endOf(frame: StreamFrame): ApiError {
  const code = (frame.data as { code?: string }).code ?? 'ended'
  return new ApiError({ type: 'about:blank', title: 'The stream ended', status: 403, detail: `The stream was ended: ${code}.`, code })
}
