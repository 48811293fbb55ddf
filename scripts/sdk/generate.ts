import { readFileSync } from 'node:fs'
import path from 'node:path'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { checkout } from '../host/files.ts'

export const typesFile = path.join(checkout, 'cli/sdk/generated/api.ts')

const HEADER = '// Made from docs/api/openapi.json by `node scripts/sdk/main.ts`. Do not edit.\n'

type Document = Extract<Parameters<typeof openapiTypescript>[0], { openapi: string }>

/** The types of the API as the checked-in document describes it. */
export async function generateTypes(): Promise<string> {
  const document = JSON.parse(readFileSync(path.join(checkout, 'docs/api/openapi.json'), 'utf8')) as Document
  return HEADER + astToString(await openapiTypescript(document, { alphabetize: false }))
}
