import { BUILT_GUEST, buildTestGuest, missingTools } from './qemu-harness.ts'

/** Builds the guest of a test run before its files: two that build it at once pull it from under each other. */
export async function setup(): Promise<void> {
  if (missingTools() === null) process.env[BUILT_GUEST] = await buildTestGuest()
}
