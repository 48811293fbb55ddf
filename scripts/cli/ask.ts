import readline from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Asks on the terminal; an answer that is secret is not shown. */
export async function ask(question: string, isSecret = false): Promise<string> {
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() })
  if (isSecret) process.stderr.write(question)
  const terminal = readline.createInterface({ input: process.stdin, output: isSecret ? hidden : process.stderr, terminal: process.stdin.isTTY })
  try {
    return (await terminal.question(isSecret ? '' : question)).trim()
  } finally {
    terminal.close()
    if (isSecret) process.stderr.write('\n')
  }
}
