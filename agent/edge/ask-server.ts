/** Answers the edge's question "may I get a certificate for this host?" where no file of ours answers it: new names, and those only a wildcard covers. */
import { createServer, type Server } from 'node:http'
import { CHALLENGE_PATH, type ChallengeRelay } from './challenge-relay.ts'

/** And questions of authorities that reached the wrong edge. */
export function startAskServer(address: string, port: number, isKnown: (host: string) => boolean, relay: ChallengeRelay | null = null): Promise<Server> {
  const server = createServer((request, response) => {
    if (relay && request.url?.startsWith(CHALLENGE_PATH)) return void relay.answer(request, response)
    const host = new URL(request.url ?? '/', 'http://ask').searchParams.get('domain')?.toLowerCase() ?? ''
    response.statusCode = isKnown(host) ? 200 : 404
    response.end()
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => resolve(server))
  })
}
