/** Passes a question on to the host's own resolver, unchanged. */
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'

const LIMIT_MS = 4_000

export function hostResolver(path = '/etc/resolv.conf'): string | null {
  try {
    const line = readFileSync(path, 'utf8').split('\n').find((text) => /^nameserver\s+\d+\.\d+\.\d+\.\d+\s*$/.test(text))
    return line?.split(/\s+/)[1] ?? null
  } catch {
    return null
  }
}

export function forwardUdp(message: Buffer, resolver: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    const finish = (done: () => void): void => {
      clearTimeout(timer)
      socket.close()
      done()
    }
    const timer = setTimeout(() => finish(() => reject(new Error('the resolver did not answer'))), LIMIT_MS)
    socket.on('error', (error) => finish(() => reject(error)))
    socket.on('message', (answer) => {
      if (answer.length >= 2 && answer.readUInt16BE(0) === message.readUInt16BE(0)) finish(() => resolve(answer))
    })
    socket.connect(53, resolver, () => socket.send(message))
  })
}

export function forwardTcp(message: Buffer, resolver: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: resolver, port: 53 })
    socket.setTimeout(LIMIT_MS, () => socket.destroy(new Error('the resolver did not answer')))
    let held = Buffer.alloc(0)
    socket.on('connect', () => socket.write(framed(message)))
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk])
      if (held.length < 2 || held.length < 2 + held.readUInt16BE(0)) return
      resolve(held.subarray(2, 2 + held.readUInt16BE(0)))
      socket.end()
    })
    socket.on('error', reject)
  })
}

export function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(message.length)
  return Buffer.concat([length, message])
}
