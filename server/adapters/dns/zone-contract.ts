import { expect, test } from 'vitest'
import type { DnsZone } from '../../domain/domains/ports.ts'

/** What every zone does; `read` says what the world sees under a name. */
export const zoneContract = (name: string, open: () => { zone: DnsZone; read: (fullName: string) => Promise<string[]> }): void => {
  test(`${name}: two values stand beside each other, each set once and taken away alone`, async () => {
    const { zone, read } = open()
    const full = `c-1.${zone.name}`
    await zone.setTxt('c-1', 'one')
    await zone.setTxt('c-1', 'two')
    await zone.setTxt('c-1', 'two')
    expect((await read(full)).sort()).toEqual(['one', 'two'])
    await zone.removeTxt('c-1', 'one')
    await zone.removeTxt('c-1', 'never there')
    expect(await read(full)).toEqual(['two'])
    await zone.removeTxt('c-1', 'two')
    expect(await read(full)).toEqual([])
  })
}
