/** One JSON call per line in, one answer per line out: the other end of `Lab.speak`. */
import { createInterface } from 'node:readline'

interface Call { id: number; op: string; args: unknown[] }

export function answerCalls(perform: (op: string, ...args: never[]) => Promise<unknown>): void {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, op, args } = JSON.parse(line) as Call
    const say = (answer: object): void => void process.stdout.write(`${JSON.stringify({ id, ...answer })}\n`)
    const fail = (error: unknown): void => say({ error: error instanceof Error ? error.message : String(error) })
    perform(op, ...args as never[]).then((value) => say({ value: value ?? null }), fail)
  }).on('close', () => process.exit(0))
}
