/** Reference for the other benches: node:http that answers a fixed body and does nothing else. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'

const body = JSON.stringify({ data: 'x'.repeat(Number(process.argv[2] ?? 100)) })
const server = http.createServer((_request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(body)
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
