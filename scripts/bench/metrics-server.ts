/** Stands for an instance, in a process of its own. */
import http from 'node:http'

const [address = '127.0.0.1', port = '0'] = process.argv.slice(2)
http.createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  request.resume()
  response.end('hello from an instance')
}).listen(Number(port), address, () => console.log('ready'))
