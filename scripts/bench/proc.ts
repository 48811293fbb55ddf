import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

const TICKS_PER_SECOND = 100

/** Memory of a process that is its own or shared with others, in MiB. */
export function residentMib(pid: number): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) / 1024
}

function fieldsOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Processor seconds a process has used so far. */
export function cpuSeconds(pid: number): number {
  const fields = fieldsOf(pid)
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/** Of a server and every process it has and had for connections. */
export async function databaseCpuSeconds(pool: pg.Pool): Promise<number> {
  const { rows: [backend] } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const server = Number(fieldsOf(backend?.pid ?? 0)[1])
  const ended = fieldsOf(server)
  const children = readdirSync('/proc').map(Number).filter((pid) => {
    try {
      return pid > 0 && Number(fieldsOf(pid)[1]) === server
    } catch {
      return false
    }
  })
  return [server, ...children].reduce((sum, pid) => sum + cpuSeconds(pid), (Number(ended[13]) + Number(ended[14])) / TICKS_PER_SECOND)
}
