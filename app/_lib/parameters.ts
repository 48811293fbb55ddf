import type { JsonField, ParametersSchema } from './wire.ts'

export type ParameterInput = Record<string, string | boolean>
export type ParameterOutput = Record<string, string | number | boolean>

const isNumeric = (field: JsonField): boolean => field.type === 'integer' || field.type === 'number'

/** Everything already decided is filled in. */
export const defaultsOf = (schema: ParametersSchema): ParameterInput => Object.fromEntries(Object.entries(schema.properties).map(([name, field]) =>
  [name, field.type === 'boolean' ? field.default === true : field.default === undefined ? '' : String(field.default)]))

function faultOf(field: JsonField, text: string): string | null {
  if (isNumeric(field)) {
    const value = Number(text)
    if (!Number.isFinite(value) || (field.type === 'integer' && !Number.isInteger(value))) return field.type === 'integer' ? 'Enter a whole number.' : 'Enter a number.'
    if (field.minimum !== undefined && value < field.minimum) return `At least ${field.minimum}.`
    return field.maximum !== undefined && value > field.maximum ? `At most ${field.maximum}.` : null
  }
  if (field.minLength !== undefined && text.length < field.minLength) return `At least ${field.minLength} characters.`
  if (field.maxLength !== undefined && text.length > field.maxLength) return `At most ${field.maxLength} characters.`
  return field.enum !== undefined && !field.enum.includes(text) ? 'Choose one of the values.' : null
}

/** What the form holds as what the manifest asks for. Empty optional fields are left out, so that defaults apply. */
export function readParameters(schema: ParametersSchema, input: ParameterInput): { values: ParameterOutput; faults: Map<string, string> } {
  const values: ParameterOutput = {}
  const faults = new Map<string, string>()
  for (const [name, field] of Object.entries(schema.properties)) {
    const given = input[name] ?? ''
    if (typeof given === 'boolean') { values[name] = given; continue }
    if (given === '') {
      if (schema.required?.includes(name) === true) faults.set(name, 'Fill this in.')
      continue
    }
    const fault = faultOf(field, given)
    if (fault === null) values[name] = isNumeric(field) ? Number(given) : given
    else faults.set(name, fault)
  }
  return { values, faults }
}
