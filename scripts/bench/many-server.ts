/** Stands for the instances of many apps: one small answer at as many loopback addresses as asked, on the port where edges find instances. */
import http from 'node:http'
import { EDGE_PORT } from '../../agent/drivers/network.ts'

const addressAt = (at: number): string => `127.101.${at >> 8}.${at & 255}`

const handler: http.RequestListener = (request, response) => {
  request.resume()
  response.end('hello from an instance')
}
await Promise.all(Array.from({ length: Number(process.argv[2] ?? 1) }, (_, at) => new Promise<void>((resolve) => {
  http.createServer({ keepAliveTimeout: 120_000 }, handler).listen(EDGE_PORT, addressAt(at), resolve)
})))
console.log('ready')
