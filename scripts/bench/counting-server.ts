import { spawn } from 'node:child_process'
import path from 'node:path'
import readline from 'node:readline'

/** A process of its own, so that the measuring side does not take its time. */
export async function startCountingServer(limited: boolean): Promise<{ port: number; stop(): void }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'limited-server.ts'), limited ? 'limited' : 'plain'], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of readline.createInterface({ input: child.stdout })) return { port: Number(line), stop: () => child.kill() }
  throw new Error('the reference server did not start')
}
