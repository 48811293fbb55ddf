/** UNIX socket paths end at 107 bytes; a deep data folder is reached through a descriptor of it instead. */
import { closeSync, openSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { join } from 'node:path'

const PATH_LIMIT = 100

export function connectSocket(folder: string, name: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const direct = join(folder, name)
    const descriptor = Buffer.byteLength(direct) > PATH_LIMIT ? openSync(folder, 'r') : null
    const socket = createConnection(descriptor === null ? direct : `/proc/self/fd/${descriptor}/${name}`)
    const done = (): void => {
      if (descriptor !== null) closeSync(descriptor)
    }
    const fail = (error: Error): void => {
      done()
      reject(error)
    }
    socket.once('error', fail)
    socket.once('connect', () => {
      done()
      socket.off('error', fail)
      resolve(socket)
    })
  })
}
