import type { z } from 'zod'
import { KeyProviderError } from '../../core/key-provider.ts'

export const parsedOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What stands between us may answer in the provider's place. */
export const readAnswer = <S extends z.ZodType>(schema: S, text: string, who: string): z.output<S> => {
  const answer = schema.safeParse(parsedOrNull(text))
  if (!answer.success) throw new KeyProviderError('unavailable', `${who} answered something else than expected. Check its address.`)
  return answer.data
}
