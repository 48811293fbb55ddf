/** Checks a filled form against the JSON Schema of its manifest. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { CatalogManifest, ParameterFormat } from '../../../contract/manifest.ts'
import { pointerTo, type ManifestProblem } from './problem.ts'

const ACCEPT_ANY = true
const FORMATS: Record<ParameterFormat, RegExp | true> = {
  color: /^#[0-9a-fA-F]{6}$/,
  email: /^[^\s@]{1,64}@[^\s@]+\.[^\s@.]+$/,
  uri: /^https?:\/\/[^\s/?#]+[^\s]*$/,
  hostname: /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i,
  multiline: ACCEPT_ANY,
  password: ACCEPT_ANY,
}

const FORMAT_NAMES: Record<string, string> = {
  color: 'a colour as #rrggbb', email: 'an e-mail address', uri: 'an address that begins with https:// or http://', hostname: 'a host name',
}

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, formats: FORMATS, keywords: ['generate'] })
const compiled = new WeakMap<CatalogManifest, ValidateFunction>()

function validatorOf(manifest: CatalogManifest): ValidateFunction {
  const known = compiled.get(manifest)
  if (known !== undefined) return known
  const validator = ajv.compile(manifest.parameters)
  compiled.set(manifest, validator)
  return validator
}

type Params = Record<string, string | number | undefined>

/** What to write instead; the rejected value itself is never repeated. */
function advice({ keyword, params }: { keyword: string, params: Params }): string {
  switch (keyword) {
    case 'required': return 'This field is needed.'
    case 'additionalProperties': return 'This app has no such field.'
    case 'type': return `Write a value of type ${params['type']}.`
    case 'enum': return 'Choose one of the listed values.'
    case 'minLength': return params['limit'] === 1 ? 'Write something here.' : `Write at least ${params['limit']} characters.`
    case 'maxLength': return `Write at most ${params['limit']} characters.`
    case 'minimum': return `Write a number of at least ${params['limit']}.`
    case 'maximum': return `Write a number of at most ${params['limit']}.`
    case 'format': return `Write ${FORMAT_NAMES[String(params['format'])] ?? 'a valid value'}.`
    default: return 'This value has not the right form.'
  }
}

const CODES: Record<string, string> = { required: 'required', additionalProperties: 'unknown_field' }

function toProblem(error: ErrorObject): ManifestProblem {
  const params = error.params as Params
  const field = error.keyword === 'required' ? params['missingProperty'] : error.keyword === 'additionalProperties' ? params['additionalProperty'] : undefined
  return {
    pointer: error.instancePath + (field === undefined ? '' : pointerTo(field)),
    code: CODES[error.keyword] ?? 'invalid_value',
    message: advice({ keyword: error.keyword, params }),
  }
}

/** All faults at once; pointers are within `params`. */
export function parameterProblems(manifest: CatalogManifest, params: unknown): ManifestProblem[] {
  const validate = validatorOf(manifest)
  return validate(params) ? [] : (validate.errors ?? []).map(toProblem)
}
