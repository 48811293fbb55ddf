import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Context } from '../context.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'

/** An answer that is a file, to `--file` or to stdout; `binary` says why a terminal is no place for it. */
export async function download(context: Context, file: string | undefined, binary: string | null, ask: () => Promise<{ response: Response }>): Promise<void> {
  if (binary !== null && file === undefined && context.terminal.stdout.isTTY) throw new UsageError(`${binary}: say --file <file>, or send stdout to a file`)
  const { response } = await ask()
  if (!response.body) throw new CommandFailure(EXIT.failed, 'empty', 'The answer was empty.')
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0])
  await (file === undefined ? pipeline(body, context.terminal.stdout, { end: false }) : pipeline(body, createWriteStream(file)))
  if (file !== undefined) await context.print.done(`Wrote ${file}.`, { file })
}
