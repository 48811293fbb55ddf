import { readOptional } from '../host/files.ts'
import { dataFolder, setupCodeFile } from '../up/paths.ts'
import { readRunFile } from '../up/run-file.ts'
import { ask, askSecret } from './ask.ts'

interface Account {
  email: string | undefined
  name: string | undefined
  code: string | undefined
}

interface Problem {
  detail?: string
  title?: string
  errors?: { message: string }[]
}

function explain(problem: Problem): string {
  const faults = problem.errors?.map(({ message }) => message) ?? []
  return faults.length > 0 ? faults.join('\n') : problem.detail ?? problem.title ?? 'refused'
}

/** Creates the operator account. The code is taken from the data folder when we may read it there. */
export async function initialise(given: Account): Promise<{ email: string }> {
  const data = dataFolder(process.env)
  const { api } = readRunFile(data)
  const email = given.email ?? await ask('E-mail', '--email')
  const name = given.name ?? await ask('Name', '--name')
  const code = given.code ?? readOptional(setupCodeFile(data))?.trim() ?? await ask('Setup code', '--code')
  const password = await askSecret('Password')
  const response = await fetch(`${api}/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, name, code, password }),
  })
  const body = await response.json() as { email: string } & Problem
  if (!response.ok) throw new Error(explain(body))
  return body
}
