/** The memory of one VM, out of QEMU into an encrypted file and back. QEMU sees only a socket: no key, no file. */
import { closeSync, openSync } from 'node:fs'
import { chmod, chown, rm, stat } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { SnapshotError, type SnapshotKey } from '../../vmm.ts'
import { machineMark, type MarkedSpec } from '../machine-mark.ts'
import { writeSealed } from '../sealed-stream.ts'
import { dropSnapshot, headerOf, withSnapshot, type SnapshotMark } from '../snapshot-header.ts'
import type { Qmp } from './qmp.ts'
import { connectSocket } from '../guest/socket.ts'

const OUT = 'out.sock'
const IN = 'in.sock'
/** QEMU's own limit would be 128 MiB a second. */
const BYTES_PER_SECOND = 2 ** 40
const POLL_MS = 3
const STUCK_MS = 60_000

const migrationSchema = z.object({ status: z.string().optional(), 'error-desc': z.string().optional() })
const statusSchema = z.object({ status: z.string() })

interface SnapshotPlace { path: string; runFolder: string }

export const markOf = async (qmp: Qmp, spec: MarkedSpec, accelerator: string): Promise<string> => machineMark(await qmp.execute('query-version'), spec, accelerator)

/** The guest stands still from here on. Returns the size of the file, which is on disk then. */
export async function save(qmp: Qmp, place: SnapshotPlace, mark: SnapshotMark, key: SnapshotKey): Promise<number> {
  const server = await listenIn(place.runFolder)
  try {
    await qmp.execute('stop')
    await qmp.execute('migrate-set-parameters', { 'max-bandwidth': BYTES_PER_SECOND })
    const caller = nextConnection(server.server)
    await qmp.execute('migrate', { uri: `unix:${OUT}` })
    const socket = await caller
    const written = writeSealed(place.path, headerOf(mark), key, socket as AsyncIterable<Buffer>)
    const [bytes] = await Promise.all([written, migrated(qmp)])
    return bytes
  } catch (error) {
    await rm(place.path, { force: true })
    throw error
  } finally {
    await server.close()
  }
}

/** Fills the memory of a QEMU that was started to wait for it. The guest does not run yet. */
export async function load(qmp: Qmp, place: SnapshotPlace, mark: SnapshotMark, key: SnapshotKey): Promise<void> {
  await withSnapshot(place.path, mark, async (file) => {
    await qmp.execute('migrate-incoming', { uri: `unix:${IN}` })
    await feed(file.pieces(key), await connectSocket(place.runFolder, IN))
    await loaded(qmp)
  })
}

/**
 * QEMU hangs up as soon as it has everything, maybe before we know that this was all: then no `pipeline` ever ends, and an app would sleep for ever.
 * Whether it has everything is asked afterwards. All of the file is checked, taken or not.
 */
export async function feed(memory: AsyncIterable<Buffer>, socket: Socket): Promise<void> {
  const closed = new Promise<void>((resolve) => { socket.once('close', () => resolve()) })
  socket.on('error', () => {})
  try {
    for await (const piece of memory) if (socket.writable) await taken(socket, piece, closed)
    socket.end()
  } catch (error) {
    socket.destroy()
    throw error
  }
}

async function taken(socket: Socket, piece: Buffer, closed: Promise<void>): Promise<void> {
  const written = new Promise<void>((resolve) => { socket.write(piece, () => resolve()) })
  const stuck = new AbortController()
  const late = sleep(STUCK_MS, undefined, { signal: stuck.signal }).then(() => { throw new SnapshotError('QEMU does not take the snapshot') })
  try {
    await Promise.race([written, closed, late])
  } finally {
    late.catch(() => {})
    stuck.abort()
  }
}

/** A snapshot that lies beside a running VM is worth nothing the moment the VM writes to its disk: it goes first. */
export async function goOn(qmp: Qmp, path: string): Promise<void> {
  await dropSnapshot(path)
  await qmp.execute('cont')
}

/** `inmigrate`: its memory is not whole. `paused`, `postmigrate`: everything is there. */
export const runState = async (qmp: Qmp): Promise<string> => statusSchema.parse(await qmp.execute('query-status')).status

/** What was begun with a VM that stands still is undone: it runs on. */
export async function undoSuspend(qmp: Qmp, path: string): Promise<void> {
  await qmp.execute('migrate_cancel').catch(() => {})
  for (let turn = 0; turn < 200 && (await runState(qmp)) === 'finish-migrate'; turn += 1) await sleep(POLL_MS)
  await goOn(qmp, path)
}

async function migrated(qmp: Qmp): Promise<void> {
  for (const from = performance.now(); performance.now() - from < STUCK_MS; await sleep(POLL_MS)) {
    const { status, 'error-desc': fault } = migrationSchema.parse(await qmp.execute('query-migrate'))
    if (status === 'completed') return
    if (status === 'failed' || status === 'cancelled') throw new Error(`QEMU could not hand over the memory: ${fault ?? status}`)
  }
  throw new Error('QEMU does not hand over the memory')
}

async function loaded(qmp: Qmp): Promise<void> {
  for (const from = performance.now(); performance.now() - from < STUCK_MS; await sleep(POLL_MS)) {
    const state = await runState(qmp).catch((error: unknown) => { throw new SnapshotError(`QEMU did not take the snapshot: ${String(error)}`) })
    if (state !== 'inmigrate') return
  }
  throw new SnapshotError('QEMU does not take the snapshot')
}

/** In the one folder where QEMU's own user may reach it; by a descriptor, because paths of sockets are short. */
async function listenIn(folder: string): Promise<{ server: Server; close: () => Promise<void> }> {
  const path = join(folder, OUT)
  await rm(path, { force: true })
  const descriptor = openSync(folder, 'r')
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(`/proc/self/fd/${descriptor}/${OUT}`, resolve)
    })
    const owner = await stat(folder)
    await chown(path, owner.uid, owner.gid)
    await chmod(path, 0o600)
  } catch (error) {
    server.close()
    closeSync(descriptor)
    throw error
  }
  return {
    server,
    close: async () => {
      server.close()
      await rm(path, { force: true })
      closeSync(descriptor)
    },
  }
}

function nextConnection(server: Server): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('QEMU did not connect')), STUCK_MS)
    server.once('connection', (socket) => {
      clearTimeout(timer)
      resolve(socket)
    })
  })
}
