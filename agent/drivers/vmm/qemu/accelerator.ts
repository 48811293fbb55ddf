/** Chooses KVM only where an ordinary kernel was seen to boot with it; that the device opens proves nothing. */
import { accessSync, constants, existsSync } from 'node:fs'
import type { Accelerator } from './arguments.ts'

export interface AcceleratorChoice { accelerator: Accelerator; reason: string }

export interface HostFacts {
  /** `SHELLWEGO_ACCEL`: kvm, tcg, or auto. */
  override: string | undefined
  kvmUsable: boolean
  paravirtualOnly: boolean
  /** Boots a kernel under KVM and tells whether its init answered in time. */
  bootsUnderKvm: () => Promise<boolean>
}

export async function chooseAccelerator(facts: HostFacts): Promise<AcceleratorChoice> {
  if (facts.override === 'kvm' || facts.override === 'tcg') return { accelerator: facts.override, reason: 'set by SHELLWEGO_ACCEL' }
  if (!facts.kvmUsable) return { accelerator: 'tcg', reason: '/dev/kvm cannot be opened' }
  if (facts.paravirtualOnly) return { accelerator: 'tcg', reason: 'this KVM (kvm_pvm) runs only kernels built for it' }
  if (await facts.bootsUnderKvm()) return { accelerator: 'kvm', reason: 'a probe kernel booted under KVM' }
  return { accelerator: 'tcg', reason: 'a probe kernel did not boot under KVM within its limit' }
}

export function hostFacts(override: string | undefined, bootsUnderKvm: () => Promise<boolean>): HostFacts {
  return { override, kvmUsable: canOpen('/dev/kvm'), paravirtualOnly: existsSync('/sys/module/kvm_pvm'), bootsUnderKvm }
}

function canOpen(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}
