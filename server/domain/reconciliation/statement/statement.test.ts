import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeStatement, type CsvMapping } from '../../../contract/bank-statement.ts'
import { minorToDecimal } from '../../../contract/money.ts'
import { withoutRepeats } from '../rules/dedupe.ts'
import { csvRows } from './csv-rows.ts'
import { guessMapping } from './guess-mapping.ts'
import { readCamt } from './read-camt.ts'
import { readCsv } from './read-csv.ts'
import { readAmount, readDay } from './read-values.ts'

const GERMAN: CsvMapping = {
  delimiter: ';', skip_rows: 2, date_format: 'DD.MM.YYYY', decimal_mark: ',',
  columns: { date: 'Buchungstag', amount: 'Betrag', payer: 'Auftraggeber', payer_account: 'IBAN', text: ['Verwendungszweck'], currency: 'Währung', reference: 'Referenz' },
}
const HEAD = '\ufeffKonto;DE89 3704 0044 0532 0130 00\r\nZeitraum;November\r\nBuchungstag;Auftraggeber;IBAN;Verwendungszweck;Betrag;Währung;Referenz\r\n'
const line = (over: Record<string, string> = {}): string =>
  Object.values({ day: '30.11.2026', who: 'Ada GmbH', iban: 'DE12 5001 0517 0648 4898 90', what: 'RF18', sum: '1.234,56', currency: 'EUR', ref: 'A1', ...over }).join(';')

test.each([
  ['1,234.56', '.', 123456n], ['1.234,56', ',', 123456n], ["1'234.50", '.', 123450n], ['1 234,5', ',', 123450n], ['-12', '.', -1200n], ['12.00-', '.', -1200n],
  ['(12.00)', '.', -1200n], ['+0.01', '.', 1n], ['€ 5', '.', 500n], ['EUR 5.10', '.', 510n], ['5,10 EUR', ',', 510n], ['12,34,567.00', '.', 123456700n],
  ['1.5', '.', 150n], ['1.5000', '.', 150n], ['12.00DR', '.', -1200n], ['12.00CR', '.', 1200n], ['−3', '.', -300n],
  ['1,23', '.', null], ['1.234', '.', null], ['abc', '.', null], ['', '.', null], ['1-2', '.', null], ['1e5', '.', null], ['--1', '.', null], ['(5', '.', null],
  ['(-5)', '.', null], ['99999999999999999999', '.', null], ['0x10', '.', null], ['1.2.3', '.', null], ['NaN', '.', null], ['٣', '.', null],
] as const)('amount %s with %s is %s', (text, mark, minor) => { expect(readAmount(text, mark, 'EUR')).toBe(minor) })

test('currencies without and with three decimals', () => {
  expect([readAmount('1,500', '.', 'JPY'), readAmount('1.5', '.', 'JPY'), readAmount('1.234', '.', 'KWD')]).toEqual([1500n, null, 1234n])
})

test('every amount that is written is read again, in either notation', () => {
  fc.assert(fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.constantFrom('EUR', 'JPY', 'KWD'), (minor, currency) => {
    const plain = minorToDecimal(minor, currency)
    const [whole = '', fraction] = plain.split('.')
    const grouped = (mark: string, point: string) => whole.replace(/\B(?=(\d{3})+$)/g, mark) + (fraction === undefined ? '' : point + fraction)
    expect(readAmount(plain, '.', currency)).toBe(minor)
    expect(readAmount(grouped(',', '.'), '.', currency)).toBe(minor)
    expect(readAmount(grouped('.', ','), ',', currency)).toBe(minor)
  }))
})

test('days that are none are refused', () => {
  expect([readDay('31.06.2026', 'DD.MM.YYYY'), readDay('29.02.2026', 'DD.MM.YYYY'), readDay('2026-13-01', 'YYYY-MM-DD'), readDay('1/2/26', 'DD.MM.YYYY')]).toEqual([null, null, null, null])
  expect([readDay('29.02.2028', 'DD.MM.YYYY'), readDay('01-Dec-2026', 'DD-MMM-YYYY'), readDay('11/30/2026', 'MM/DD/YYYY'), readDay('30/11/26', 'DD/MM/YY'), readDay('2026-11-30 10:11:12', 'YYYY-MM-DD')])
    .toEqual(['2028-02-29', '2026-12-01', '2026-11-30', '2026-11-30', '2026-11-30'])
})

test('a German export: mark, semicolons, rows above, quotes with line breaks', () => {
  const { lines, faults } = readCsv(`${HEAD}${line({ what: '"Rechnung ""12""\nund; mehr"' })}\r\n${line({ sum: '-5,00', ref: 'A2' })}\r\n`, GERMAN, 'EUR')
  expect(faults).toEqual([])
  expect(lines).toEqual([
    { line: 4, bookedOn: '2026-11-30', amount: 123456n, currency: 'EUR', payer: 'Ada GmbH', payerAccount: 'DE12500105170648489890', bankRef: 'A1', text: 'Rechnung "12" und; mehr' },
    expect.objectContaining({ line: 6, amount: -500n, bankRef: 'A2' }),
  ])
})

test('bad rows are named by their line, the good ones count', () => {
  const text = `${HEAD}${[line(), line({ day: '31.11.2026' }), line({ sum: '1.23.4' }), line({ currency: 'USD' }), line({ sum: '0,00' }), 'Summe;;;;9,00', line({ ref: 'A3' })].join('\r\n')}`
  const { lines, faults } = readCsv(text, GERMAN, 'EUR')
  expect(lines.map((one) => one.line)).toEqual([4, 10])
  expect(faults.map((fault) => [fault.line, fault.code])).toEqual([[5, 'bad_date'], [6, 'bad_amount'], [7, 'wrong_currency'], [8, 'zero_amount'], [9, 'bad_date']])
})

test('a column that is not there is refused by name; an empty file too', () => {
  expect(() => readCsv('a;b;c\n1;2;3', { ...GERMAN, skip_rows: 0 }, 'EUR')).toThrow(/no column Buchungstag, Betrag/)
  expect(() => readCsv('', GERMAN, 'EUR')).toThrow(/no line/)
})

test('money in and out in two columns', () => {
  const mapping: CsvMapping = { delimiter: ',', skip_rows: 0, date_format: 'DD-MMM-YYYY', decimal_mark: '.', columns: { date: 'Trans Date', credit: 'Credit', debit: 'Debit', text: ['Narration'] } }
  const { lines } = readCsv('Trans Date,Narration,Debit,Credit\n01-Nov-2026,"fee, bank","1,000.00",\n02-Nov-2026,in,-,"2,500.50"\n', mapping, 'NGN')
  expect(lines.map((one) => one.amount)).toEqual([-100000n, 250050n])
  expect(readCsv('\ufeff"Trans Date",Narration,Debit,Credit\n01-Nov-2026,x,,5.00\n', mapping, 'NGN').lines).toMatchObject([{ amount: 500n }])
})

test('nothing a file holds makes the reader fail, and every row is a line or a fault', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('30.11.2026', '1,00', '"', '""', '\u0000', '=1+1'))
  fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 8 })), (rows) => {
    const text = HEAD + rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(';')).join('\n')
    const { lines, faults } = readCsv(text, GERMAN, 'EUR')
    expect(lines.length + faults.length).toBe(rows.filter((row) => row.some((one) => one.trim() !== '')).length)
    for (const one of lines) expect(one.text).not.toContain('\u0000')
  }))
  fc.assert(fc.property(fc.string(), (text) => { csvRows(text, ';') }))
})

test('the same line twice is one, unless the bank says otherwise', () => {
  const { lines } = readCsv(`${HEAD}${[line(), line(), line({ ref: 'A2' }), line({ ref: '' }), line({ ref: '' })].join('\n')}`, GERMAN, 'EUR')
  const { fresh, repeated } = withoutRepeats(lines)
  expect([fresh.map((one) => one.line), repeated.map((one) => one.line)]).toEqual([[4, 6, 7], [5, 8]])
})

test('a mapping is guessed from headings and values', () => {
  expect(guessMapping(`${HEAD}${line()}\n${line({ sum: '7,00', day: '25.11.2026' })}`, 'EUR').mapping).toEqual(GERMAN)
  expect(guessMapping('Trans Date,Narration,Debit,Credit,Reference\n25-Nov-2026,x,,"1,000.00",R1\n', 'NGN').mapping)
    .toMatchObject({ delimiter: ',', date_format: 'DD-MMM-YYYY', decimal_mark: '.', columns: { date: 'Trans Date', credit: 'Credit', debit: 'Debit', text: ['Narration'], reference: 'Reference' } })
  expect(guessMapping('no table', 'EUR').mapping).toBeNull()
})

test('bytes of a bank: UTF-8, UTF-16 and Windows-1252', () => {
  expect(decodeStatement(new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]))).toBe('Müller')
  expect(decodeStatement(new TextEncoder().encode('Müller'))).toBe('Müller')
  expect(decodeStatement(new Uint8Array([0xff, 0xfe, 0x4d, 0, 0xfc, 0]))).toBe('Mü')
})

const camt = (entries: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S1</Id>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
${entries}
</Stmt></BkToCstmrStmt></Document>`
const entry = (over: { amount?: string; sign?: string; status?: string; ref?: string; details?: string } = {}): string => `<Ntry>
<Amt Ccy="EUR">${over.amount ?? '12.50'}</Amt><CdtDbtInd>${over.sign ?? 'CRDT'}</CdtDbtInd><Sts>${over.status ?? '<Cd>BOOK</Cd>'}</Sts>
<BookgDt><Dt>2026-11-30</Dt></BookgDt><AcctSvcrRef>${over.ref ?? 'B1'}</AcctSvcrRef><NtryDtls>${over.details ?? details()}</NtryDtls></Ntry>`
const details = (amount = '', text = 'SWG-2026-000001'): string => `<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${amount}
<RltdPties><Dbtr><Pty><Nm>Ada &amp; Söhne</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE12500105170648489890</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Strd><CdtrRefInf><Ref>RF18X</Ref></CdtrRefInf></Strd><Ustrd><![CDATA[${text}]]></Ustrd></RmtInf></TxDtls>`
const ACCOUNT = { number: 'DE89370400440532013000', currency: 'EUR' }

test('CAMT.053: what is booked, in and out, with party, purpose and line', () => {
  const { lines, faults } = readCamt(camt(entry() + entry({ sign: 'DBIT', ref: 'B2', details: '' }) + entry({ status: 'PDNG' }) + entry({ amount: '1.234', ref: 'B3' })), ACCOUNT)
  expect(lines).toEqual([
    { line: 6, bookedOn: '2026-11-30', amount: 1250n, currency: 'EUR', payer: 'Ada & Söhne', payerAccount: 'DE12500105170648489890', bankRef: 'B1', text: 'RF18X SWG-2026-000001' },
    expect.objectContaining({ line: 8, amount: -1250n, bankRef: 'B2' }),
  ])
  expect(faults).toMatchObject([{ code: 'bad_amount' }])
})

test('a batch is as many lines as it has payments, if they add up', () => {
  const part = (sum: string) => details(`<Amt Ccy="EUR">${sum}</Amt>`)
  expect(readCamt(camt(entry({ details: part('10.00') + part('2.50') })), ACCOUNT).lines.map((one) => [one.amount, one.bankRef])).toEqual([[1000n, 'B1/1'], [250n, 'B1/2']])
  expect(readCamt(camt(entry({ details: part('10.00') + part('2.00') })), ACCOUNT).lines.map((one) => one.amount)).toEqual([1250n])
})

const balance = (code: string, sum: string, sign = 'CRDT'): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${sum}</Amt><CdtDbtInd>${sign}</CdtDbtInd></Bal>`

test.each([
  ['they agree', balance('OPBD', '100.00') + balance('CLBD', '112.50'), []], ['an overdraft', balance('PRCD', '10.00', 'DBIT') + balance('CLBD', '2.50'), []],
  ['a line is missing', balance('OPBD', '100.00') + balance('CLBD', '113.00'), ['balance_differs']], ['only one of them', balance('CLBD', '1.00'), []],
  ['a page of a longer one', balance('OPBD', '1.00').replace('</CdOrPrtry>', '</CdOrPrtry><SubTp><Cd>INTM</Cd></SubTp>') + balance('CLBD', '1.00'), []],
])('the balances of a statement and what was booked between them: %s', (_what, balances, codes) => {
  const { lines, faults } = readCamt(camt(balances + entry() + entry({ status: 'PDNG' })), ACCOUNT)
  expect([lines.length, faults.map(({ code }) => code)]).toEqual([1, codes])
})

test.each([
  ['another account', camt('').replaceAll('DE89', 'DE90'), /is of account DE90/], ['a document type', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', /Document types/],
  ['an unknown entity', '<x>&a;</x>', /Unknown entity/], ['no end', camt('<Ntry>'), /Line \d+: <\/Stmt> closes nothing/], ['text', 'date;amount', /no XML/], ['another message', '<Document><BkToCstmrAcctRpt/></Document>', /CAMT.053/],
  ['depth', '<a>'.repeat(100), /deeply/], ['half a tag', '<Document', /not closed/],
])('%s is refused', (_, text, message) => { expect(() => readCamt(text, ACCOUNT)).toThrow(message) })
