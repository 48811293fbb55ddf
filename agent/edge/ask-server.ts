/** Answers what the edge asks by HTTP: may I get a certificate for this host, where no file of ours answers it, and is there somebody to dial yet? */
import { createServer, type Server, type ServerResponse } from 'node:http'
import { CHALLENGE_PATH, type ChallengeRelay } from './challenge-relay.ts'
import { WAIT_PATH, type WaitingRoom } from './waiting-room.ts'

export interface AskServerOptions {
  isKnown: (host: string) => boolean
  /** Questions of authorities that reached the wrong edge. */
  relay?: ChallengeRelay | null
  /** Null: nobody has to be waited for. */
  room?: Pick<WaitingRoom, 'wait'> | null
}

export function startAskServer(address: string, port: number, { isKnown, relay = null, room = null }: AskServerOptions): Promise<Server> {
  const server = createServer((request, response) => {
    if (relay && request.url?.startsWith(CHALLENGE_PATH)) return void relay.answer(request, response)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://ask')
    if (pathname === WAIT_PATH) return void answerWait(response, searchParams, room)
    response.statusCode = isKnown(searchParams.get('domain')?.toLowerCase() ?? '') ? 200 : 404
    response.end()
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => resolve(server))
  })
}

async function answerWait(response: ServerResponse, asked: URLSearchParams, room: AskServerOptions['room']): Promise<void> {
  const name = (asked.get('name') ?? '').toLowerCase().replace(/\.$/, '')
  const found = room ? await room.wait(name, asked.has('again')).catch(() => false) : true
  response.writeHead(found ? 204 : 503).end()
}
