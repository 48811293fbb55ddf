import readline from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import { Writable } from 'node:stream'

export class MissingAnswer extends Error {}

/** Asks on the terminal. */
export async function ask(question: string, option: string): Promise<string> {
  if (!process.stdin.isTTY) throw new MissingAnswer(`${option} is needed where nobody can be asked`)
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await terminal.question(`${question}: `)).trim()
  } finally {
    terminal.close()
  }
}

/** Reads a secret without showing it; from a pipe, all of it. */
export async function askSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).trimEnd()
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = readline.createInterface({ input: process.stdin, output: hidden, terminal: true })
  process.stderr.write(`${question}: `)
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}
