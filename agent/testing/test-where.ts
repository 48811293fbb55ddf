import { test } from 'vitest'

type Act = () => Promise<void> | void

/** A test of what not every machine can; where it cannot, the report says what is missing. */
export const testWhere = (possible: boolean, missing: string) => (name: string, act: Act, timeoutMs?: number): void =>
  (possible ? test(name, act, timeoutMs) : test.skip(`${name} (skipped: ${missing})`, act))
