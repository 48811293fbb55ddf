import { Action, Facts, Frame, Paragraph } from './layout.tsx'
import type { EmailProps } from './props.ts'

/** The operator's daily report: what waits for a decision first. */
export function ReconciliationReport({ brand, day, open, open_count, opened, closed, received, suspense, payouts, compared, down, url }: EmailProps<'reconciliation_report'>) {
  return (
    <Frame brand={brand} title={open_count === 0 ? 'Nothing to decide' : `${open_count} to decide`} preview={`${received} received on ${day}. Open: ${open}.`}>
      <Paragraph>Providers, payments, ledger and bank were compared. This is where they stand.</Paragraph>
      <Facts rows={[
        ['Open', open], ['New', opened], ['Closed', closed], ['Received', received], ['In suspense', suspense], ['Paid out', payouts], ['Payments compared', compared], ['Providers down', down],
      ]} />
      <Action brand={brand} href={url}>Open the work list</Action>
    </Frame>
  )
}
