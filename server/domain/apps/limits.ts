import type { FieldProblem } from '../../contract/problem.ts'
import { DomainError } from '../../core/error.ts'
import { toMib } from './sizes.ts'

/** The guest kernel, its init and a small app do not boot below this (measured: 64 MiB panics, 96 boots). */
export const SMALLEST_MEMORY_MIB = 96
const LARGEST_MEMORY_MIB = 32_768
const DISK_MIB = { min: 64, max: 102_400 }
const MAX_VCPU = 8

export interface ResourceAmounts { vcpu: number; memoryMib: number; diskMib: number }

/** Checks the amounts against what a microVM can be; all faults at once. */
export const toAmounts = (r: { memory: string; cpu: string; disk: string }): ResourceAmounts => {
  const amounts = { vcpu: Number(r.cpu), memoryMib: toMib(r.memory), diskMib: toMib(r.disk) }
  const errors: FieldProblem[] = []
  const refuse = (field: string, message: string): void => { errors.push({ pointer: `/resources/${field}`, code: 'out_of_range', message }) }
  if (amounts.memoryMib < SMALLEST_MEMORY_MIB) refuse('memory', `${r.memory} is below ${SMALLEST_MEMORY_MIB}m, the smallest memory that boots.`)
  if (amounts.memoryMib > LARGEST_MEMORY_MIB) refuse('memory', 'At most 32g per instance.')
  if (!Number.isInteger(amounts.vcpu) || amounts.vcpu < 1 || amounts.vcpu > MAX_VCPU) refuse('cpu', `Use 1 to ${MAX_VCPU} whole CPUs; a microVM cannot have a part of one.`)
  if (amounts.diskMib < DISK_MIB.min || amounts.diskMib > DISK_MIB.max) refuse('disk', 'Use 64m to 100g.')
  if (errors.length > 0) throw new DomainError('rule_violated', errors.map((e) => e.message).join(' '), { errors })
  return amounts
}
