/** Runs that once found something: each is repeated by `npm run chaos -- --fixed`, and a small test stands where the fault was. */
export const FIXED_SEEDS: readonly { seed: number; minutes: number; restore: boolean; found: string }[] = [
]
