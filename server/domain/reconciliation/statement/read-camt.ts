import type { StatementFault } from '../../../contract/bank-statement.ts'
import { formatMoney } from '../../../contract/money.ts'
import { ruleViolated } from '../../../core/error.ts'
import { readAmount, readDay } from './read-values.ts'
import { accountNumber, clean, type ReadStatement, type StatementLine } from './statement-line.ts'
import { child, childrenOf, parseXml, textOf, XmlFault, type XmlNode } from './xml-tree.ts'

interface Account { number: string; currency: string }
type Read = StatementLine | StatementFault

const open = (text: string): XmlNode => {
  try {
    return parseXml(text)
  } catch (error) {
    if (error instanceof XmlFault) throw ruleViolated('/content', 'not_xml', `Line ${error.line}: ${error.message}`)
    throw error
  }
}

/** ISO 20022 camt.053, any version. Only what is booked counts; what a bank merely expects comes again when it is. */
export const readCamt = (text: string, account: Account): ReadStatement => {
  const statements = childrenOf(child(open(text), 'BkToCstmrStmt'), 'Stmt')
  if (statements.length === 0) throw ruleViolated('/content', 'no_statement', 'The file is no CAMT.053 statement. Ask the bank for camt.053, not camt.052 or camt.054.')
  const read: ReadStatement = { lines: [], faults: [] }
  for (const statement of statements) {
    assertAccount(statement, account)
    read.faults.push(...balanceFaults(statement, account.currency))
    for (const entry of childrenOf(statement, 'Ntry').filter(isBooked)) {
      for (const line of linesOf(entry, account.currency)) {
        if ('code' in line) read.faults.push(line)
        else read.lines.push(line)
      }
    }
  }
  return read
}

const isBooked = (entry: XmlNode): boolean => (textOf(entry, 'Sts', 'Cd') || textOf(entry, 'Sts') || 'BOOK') === 'BOOK'

const signed = (node: XmlNode, currency: string): bigint | null => {
  const sum = readAmount(textOf(node, 'Amt'), '.', currency)
  return sum === null || textOf(node, 'CdtDbtInd') !== 'DBIT' ? sum : -sum
}

const BALANCES = { opening: ['OPBD', 'PRCD'], closing: ['CLBD'] } as const

/** Where the bank writes both balances, what it booked must lead from one to the other; a page of a longer statement carries none of its own. */
const balanceFaults = (statement: XmlNode, currency: string): StatementFault[] => {
  const of = (kind: keyof typeof BALANCES): XmlNode | undefined => childrenOf(statement, 'Bal')
    .find((one) => BALANCES[kind].some((code) => code === textOf(one, 'Tp', 'CdOrPrtry', 'Cd')) && textOf(one, 'Tp', 'SubTp', 'Cd') !== 'INTM')
  const [first, last] = [of('opening'), of('closing')]
  const [from, to] = [first && signed(first, currency), last && signed(last, currency)]
  if (!last || from === undefined || from === null || to === undefined || to === null) return []
  const moved = childrenOf(statement, 'Ntry').filter(isBooked).reduce((sum, entry) => sum + (signed(entry, currency) ?? 0n), 0n)
  if (from + moved === to) return []
  const message = `The bank ends with ${formatMoney(to, currency)}, but what it booked leads from ${formatMoney(from, currency)} to ${formatMoney(from + moved, currency)}: ${formatMoney(to - from - moved, currency)} is missing from this file. Ask the bank for it again.`
  return [{ line: last.line, code: 'balance_differs', message }]
}

const assertAccount = (statement: XmlNode, account: Account): void => {
  const number = accountNumber(textOf(statement, 'Acct', 'Id', 'IBAN') || textOf(statement, 'Acct', 'Id', 'Othr', 'Id'))
  if (number !== '' && number !== account.number) {
    throw ruleViolated('/content', 'other_account', `The statement is of account ${clean(number, 40)}, not of ${account.number}.`)
  }
}

/** A batch is as many lines as it has payments, where the bank says what each was and they add up. */
const linesOf = (entry: XmlNode, currency: string): Read[] => {
  const whole = lineOf(entry, undefined, currency, 0)
  const parts = childrenOf(entry, 'NtryDtls').flatMap((details) => childrenOf(details, 'TxDtls'))
  if ('code' in whole || parts.length === 0) return [whole]
  if (parts.length === 1) return [lineOf(entry, parts[0], currency, 0, whole.amount)]
  const each = parts.map((part, index) => lineOf(entry, part, currency, index + 1))
  const sum = each.reduce((total, line) => total + ('code' in line ? 0n : line.amount), 0n)
  return each.every((line) => !('code' in line)) && sum === whole.amount ? each : [whole]
}

const amountNode = (entry: XmlNode, part: XmlNode | undefined): XmlNode | undefined =>
  child(part, 'Amt') ?? child(part, 'AmtDtls', 'TxAmt', 'Amt') ?? (part ? undefined : child(entry, 'Amt'))

const lineOf = (entry: XmlNode, part: XmlNode | undefined, currency: string, index: number, known?: bigint): Read => {
  const at = (part ?? entry).line
  const fault = (code: string, message: string): StatementFault => ({ line: at, code, message })
  const day = textOf(entry, 'BookgDt', 'Dt') || textOf(entry, 'BookgDt', 'DtTm') || textOf(entry, 'ValDt', 'Dt')
  const bookedOn = readDay(day.slice(0, 10), 'YYYY-MM-DD')
  if (bookedOn === null) return fault('bad_date', `"${clean(day, 40)}" is no day.`)
  const node = amountNode(entry, part)
  const named = node?.attributes.Ccy ?? currency
  if (known === undefined && named !== currency) return fault('wrong_currency', `The line is in ${clean(named, 10)}, the account in ${currency}.`)
  const sum = known ?? readAmount(node?.text.trim() ?? '', '.', currency)
  if (sum === null) return fault('bad_amount', `"${clean(node?.text ?? '', 40)}" is no amount in ${currency}.`)
  if (sum === 0n) return fault('zero_amount', 'The line moves nothing.')
  const went = (textOf(part, 'CdtDbtInd') || textOf(entry, 'CdtDbtInd')) === 'DBIT'
  return { line: at, bookedOn, amount: known ?? (went ? -sum : sum), currency, ...partyOf(part, went), bankRef: refOf(entry, part, index),
    text: purposeOf(entry, part) }
}

const partyOf = (part: XmlNode | undefined, went: boolean): { payer: string; payerAccount: string } => {
  const [who, account] = went ? ['Cdtr', 'CdtrAcct'] : ['Dbtr', 'DbtrAcct']
  const parties = child(part, 'RltdPties')
  return {
    payer: clean(textOf(parties, who, 'Nm') || textOf(parties, who, 'Pty', 'Nm'), 140),
    payerAccount: accountNumber(textOf(parties, account, 'Id', 'IBAN') || textOf(parties, account, 'Id', 'Othr', 'Id')),
  }
}

const refOf = (entry: XmlNode, part: XmlNode | undefined, index: number): string => {
  const own = textOf(part, 'Refs', 'AcctSvcrRef') || textOf(part, 'Refs', 'TxId')
  const batch = textOf(entry, 'AcctSvcrRef') || textOf(entry, 'NtryRef')
  return clean(own !== '' && own !== batch ? own : index > 0 && batch !== '' ? `${batch}/${index}` : batch, 100)
}

const purposeOf = (entry: XmlNode, part: XmlNode | undefined): string => {
  const remittance = child(part, 'RmtInf')
  const endToEnd = textOf(part, 'Refs', 'EndToEndId')
  return clean([
    ...childrenOf(remittance, 'Strd').map((one) => textOf(one, 'CdtrRefInf', 'Ref')), ...childrenOf(remittance, 'Ustrd').map((one) => one.text),
    endToEnd === 'NOTPROVIDED' ? '' : endToEnd, textOf(part, 'AddtlTxInf') || textOf(entry, 'AddtlNtryInf'),
  ].filter((text) => text !== '').join(' '))
}
