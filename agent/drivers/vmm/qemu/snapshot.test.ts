import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { feed } from './snapshot.ts'

const dir = mkdtempSync(join(tmpdir(), 'swg-feed-'))
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Reads like QEMU, and hangs up the moment it has so many bytes. */
async function reader(bytes: number, hangUp: (socket: Socket) => void): Promise<{ socket: Socket; got: () => number }> {
  let got = 0
  const server = createServer((socket) => {
    socket.on('error', () => {}).on('data', (chunk) => {
      got += chunk.length
      if (got >= bytes) hangUp(socket)
    })
  })
  servers.push(server)
  const path = join(mkdtempSync(join(tmpdir(), 'swg-feed-')), 'in.sock')
  await new Promise<void>((resolve) => server.listen(path, resolve))
  const socket = connect(path)
  await new Promise((resolve) => socket.once('connect', resolve))
  return { socket, got: () => got }
}

async function* memory(pieces: number, beforeTheEndMs: number, fault?: Error): AsyncGenerator<Buffer> {
  for (let count = 0; count < pieces; count += 1) yield Buffer.alloc(1 << 20)
  await sleep(beforeTheEndMs)
  if (fault) throw fault
}

const over = (feeding: Promise<void>): Promise<string> => Promise.race([feeding.then(() => 'over', (error: Error) => error.message), sleep(3_000, 'stuck')])

for (const [how, hangUp] of [['its end', (socket: Socket) => socket.end()], ['everything', (socket: Socket) => socket.destroy()]] as const) {
  for (const lateMs of [0, 1, 50]) {
    test(`QEMU has everything and closes ${how} ${lateMs} ms before we know that this was all`, async () => {
      const { socket, got } = await reader(8 << 20, hangUp)
      expect([await over(feed(memory(8, lateMs), socket)), got()]).toEqual(['over', 8 << 20])
    })
  }
}

test('what follows after it hung up is still checked, and a piece that does not fit is told', async () => {
  const { socket } = await reader(1 << 20, (end) => end.destroy())
  expect(await over(feed(memory(8, 1, new Error('piece 8 is damaged')), socket))).toBe('piece 8 is damaged')
  expect(socket.destroyed).toBe(true)
})
