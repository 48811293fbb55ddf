import type { Context } from '../context.ts'
import { followStream, type StreamFrame } from '../sdk/index.ts'

/** Opens the live form of a route, behind the frame with that id. */
type Open = (query: Record<string, string>, headers: Record<string, string>) => Promise<{ response: Response }>

/** Frames from now on, until Ctrl-C; lost connections are taken up where they broke off. */
export function follow({ signal, print }: Context, open: Open, query: Record<string, string>): AsyncGenerator<StreamFrame> {
  return followStream({
    signal,
    open: async (last) => (await open({ ...query, follow: 'true' }, { accept: 'text/event-stream', ...(last === null ? {} : { 'last-event-id': last }) })).response,
    onReconnect: () => print.note('connection lost, taking it up again'),
  })
}
