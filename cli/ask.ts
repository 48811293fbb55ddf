import readline from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import { Writable } from 'node:stream'
import { CommandFailure, EXIT, Interrupted, UsageError } from './exit.ts'
import type { Terminal } from './terminal.ts'

async function question(terminal: Terminal, output: NodeJS.WritableStream, words: string): Promise<string> {
  const reader = readline.createInterface({ input: terminal.stdin, output, terminal: true })
  const interrupted = new AbortController()
  reader.on('SIGINT', () => interrupted.abort())
  // Ctrl-D: no answer will come.
  reader.on('close', () => interrupted.abort())
  try {
    return (await reader.question(words, { signal: interrupted.signal })).trim()
  } catch (error) {
    if (interrupted.signal.aborted) throw new Interrupted('interrupted')
    throw error
  } finally {
    reader.close()
  }
}

/** Asks on the terminal; where nobody can be asked, says which option to give instead. */
export async function ask(terminal: Terminal, words: string, option: string): Promise<string> {
  if (!terminal.interactive) throw new UsageError(`${option} is needed where nobody can be asked`)
  return question(terminal, terminal.stderr, `${words}: `)
}

/** Reads a secret: unseen from a terminal, all of it from a pipe. It is never taken from the command line, where `ps` shows it. */
export async function askSecret(terminal: Terminal, words: string): Promise<string> {
  if (!terminal.stdin.isTTY) return (await text(terminal.stdin)).replace(/\r?\n$/, '')
  if (!terminal.interactive) throw new UsageError(`${words.toLowerCase()}: pipe it to stdin`)
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() })
  terminal.stderr.write(`${words}: `)
  try {
    return await question(terminal, hidden, '')
  } finally {
    terminal.stderr.write('\n')
  }
}

/** Goes on only after a yes; without a terminal only with `--yes`. */
export async function confirm(terminal: Terminal, words: string, yes: boolean): Promise<void> {
  if (yes) return
  if (!terminal.interactive) throw new UsageError(`${words} Say --yes where nobody can be asked.`)
  const answer = await question(terminal, terminal.stderr, `${words} [y/N] `)
  if (!/^y(es)?$/i.test(answer)) throw new CommandFailure(EXIT.failed, 'declined', 'Nothing was changed.')
}
