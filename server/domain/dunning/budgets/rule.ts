import { BUDGET_THRESHOLDS } from '../../../contract/dunning.ts'

/** Shares of the budget that are spent, in whole numbers: 75 % of 1 is reached at 0.75. */
export const thresholdsReached = (spent: bigint, amount: bigint): number[] => BUDGET_THRESHOLDS.filter((percent) => spent * 100n >= amount * BigInt(percent))

/** A change fits while what it makes run can still run for an hour. */
export const fitsBudget = (spent: bigint, hourly: bigint, amount: bigint): boolean => spent + hourly <= amount
