import { expect, test, vi } from 'vitest'
import { chooseAccelerator, type HostFacts } from './accelerator.ts'

const facts = (change: Partial<HostFacts> = {}): HostFacts =>
  ({ override: undefined, kvmUsable: true, paravirtualOnly: false, bootsUnderKvm: () => Promise.resolve(true), ...change })

test('KVM is chosen only after a probe kernel booted under it', async () => {
  expect(await chooseAccelerator(facts())).toMatchObject({ accelerator: 'kvm' })
  expect(await chooseAccelerator(facts({ bootsUnderKvm: () => Promise.resolve(false) }))).toMatchObject({ accelerator: 'tcg' })
})

test('a KVM for paravirtual kernels alone is not tried at all', async () => {
  const bootsUnderKvm = vi.fn(() => Promise.resolve(true))
  expect(await chooseAccelerator(facts({ paravirtualOnly: true, bootsUnderKvm }))).toMatchObject({ accelerator: 'tcg' })
  expect(await chooseAccelerator(facts({ kvmUsable: false, bootsUnderKvm }))).toMatchObject({ accelerator: 'tcg' })
  expect(bootsUnderKvm).not.toHaveBeenCalled()
})

test('the operator has the last word, and an unknown word is none', async () => {
  expect(await chooseAccelerator(facts({ override: 'tcg' }))).toMatchObject({ accelerator: 'tcg' })
  expect(await chooseAccelerator(facts({ override: 'kvm', kvmUsable: false }))).toMatchObject({ accelerator: 'kvm' })
  expect(await chooseAccelerator(facts({ override: 'auto' }))).toMatchObject({ accelerator: 'kvm' })
})
