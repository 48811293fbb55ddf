import type { ManifestParameter, ManifestParameters } from './wire.ts'

export type ParameterInput = Record<string, string | boolean>
export type ParameterOutput = Record<string, string | number | boolean>

/** Everything already decided is filled in. */
export const defaultsOf = (schema: ManifestParameters): ParameterInput =>
  Object.fromEntries(
    Object.entries(schema.properties).map(([name, field]) => [
      name,
      field.type === 'boolean' ? field.default === true : field.default === undefined ? '' : String(field.default),
    ]),
  )

function faultOf(field: ManifestParameter, text: string): string | null {
  if (field.type === 'boolean') return null
  if (field.type !== 'string') {
    const value = Number(text)
    if (!Number.isFinite(value) || (field.type === 'integer' && !Number.isInteger(value)))
      return field.type === 'integer' ? 'Enter a whole number.' : 'Enter a number.'
    if (field.minimum !== undefined && value < field.minimum) return `At least ${field.minimum}.`
    return field.maximum !== undefined && value > field.maximum ? `At most ${field.maximum}.` : null
  }
  if (field.minLength !== undefined && text.length < field.minLength) return `At least ${field.minLength} characters.`
  if (field.maxLength !== undefined && text.length > field.maxLength) return `At most ${field.maxLength} characters.`
  return field.enum !== undefined && !field.enum.includes(text) ? 'Choose one of the values.' : null
}

/** What the form holds as what the manifest asks for. Empty optional fields are left out, so that defaults apply. */
export function readParameters(
  schema: ManifestParameters,
  input: ParameterInput,
): { values: ParameterOutput; faults: Map<string, string> } {
  const values: ParameterOutput = {}
  const faults = new Map<string, string>()
  for (const [name, field] of Object.entries(schema.properties)) {
    const given = input[name] ?? ''
    if (typeof given === 'boolean') {
      values[name] = given
      continue
    }
    if (given === '') {
      if (schema.required.includes(name)) faults.set(name, 'Fill this in.')
      continue
    }
    const fault = faultOf(field, given)
    if (fault === null) values[name] = field.type === 'string' ? given : Number(given)
    else faults.set(name, fault)
  }
  return { values, faults }
}
