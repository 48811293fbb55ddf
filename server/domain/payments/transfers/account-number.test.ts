import { expect, test } from 'vitest'
import { accountNumberFault, bicFault, plainNumber } from './account-number.ts'

test.each(['DE89 3704 0044 0532 0130 00', 'gb29nwbk60161331926819', '0123456789', '12-34-56 12345678', 'FR14 2004 1010 0505 0001 3M02 606'])('%s can be right', (text) => { expect(accountNumberFault(text)).toBeNull() })
test.each(['DE89 3704 0044 0532 0130 01', 'GB29NWBK60161331926891', '12', 'a b', '123456789012345678901234567890123456', '12;34567'])('%s cannot', (text) => { expect(accountNumberFault(text)).not.toBeNull() })
test('numbers are kept without what people put between', () => { expect(plainNumber(' de89 3704-0044 ')).toBe('DE8937040044') })
test.each([['DEUTDEFF', false], ['DEUTDEFF500', false], ['DEUTDEF', true], ['D3UTDEFF', true]])('BIC %s: wrong is %s', (code, wrong) => { expect(bicFault(code)).toBe(wrong) })
