import { parseArgs } from 'node:util'
import { MissingAnswer } from './ask.ts'
import { initialise } from './init.ts'

const USAGE = `Usage: shellwego init [--email <e-mail>] [--name <name>] [--code <setup code>] [--json]

Creates the operator account of the product that runs here. What is not given is asked for;
the password is asked for, or read from stdin when that is not a terminal.

Exit codes: 0 done, 1 refused, 2 wrong usage`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    email: { type: 'string' }, name: { type: 'string' }, code: { type: 'string' },
    json: { type: 'boolean' }, help: { type: 'boolean' },
  },
})

const text = (value: unknown): string | undefined => typeof value === 'string' ? value : undefined

if (values.help === true || positionals.length !== 1 || positionals[0] !== 'init') {
  console.log(USAGE)
  process.exit(values.help === true ? 0 : 2)
}

try {
  const user = await initialise({ email: text(values.email), name: text(values.name), code: text(values.code) })
  console.log(values.json === true ? JSON.stringify(user) : `operator ${user.email} created`)
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  if (values.json === true) console.log(JSON.stringify({ error: message }))
  else console.error(message)
  process.exit(error instanceof MissingAnswer ? 2 : 1)
}
