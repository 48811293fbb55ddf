import { day } from '../../../../../_lib/format.ts'
import type { ChangeQuote } from '../../../../../_lib/wire.ts'
import { Money } from '../../../../../_ui/money.tsx'

/** Exact figures of a change: what is given back, what is charged, tax, and where it is paid. */
export function QuoteLines({ quote, interval }: { quote: ChangeQuote; interval: string }) {
  return (
    <div className="flex flex-col gap-3 text-14">
      <p>
        From <span className="font-strong">{day(quote.effective_on)}</span>: <Money value={quote.fee_after} /> a {interval}
        {quote.fee_before.amount === quote.fee_after.amount ? '' : ' instead of '}
        {quote.fee_before.amount === quote.fee_after.amount ? null : <Money value={quote.fee_before} />}, before tax.
      </p>
      {quote.lines.length === 0 ? (
        <p className="text-muted">Nothing is charged for the change itself.</p>
      ) : (
        <table className="w-full text-13">
          <caption className="sr-only">What the change adds to the next invoice</caption>
          <tbody>
            {quote.lines.map((line) => (
              <tr key={`${line.kind} ${line.description}`} className="border-b border-line align-top">
                <th scope="row" className="py-2 pe-3 text-start font-normal">
                  {line.description}
                  <span className="block text-12 text-muted">
                    {day(line.from)} to {day(line.to)}
                  </span>
                </th>
                <td className="py-2 text-end">
                  <Money value={line.amount} />
                </td>
              </tr>
            ))}
            <tr className="border-b border-line">
              <th scope="row" className="py-2 text-start font-normal">
                Tax
              </th>
              <td className="py-2 text-end">{quote.tax === null ? <span className="text-muted">once your tax number is checked</span> : <Money value={quote.tax} />}</td>
            </tr>
            <tr>
              <th scope="row" className="py-2 text-start font-strong">
                {quote.total.amount < 0 ? 'Less on your next invoice' : 'More on your next invoice'}
                {quote.invoiced_at === null ? null : <span className="block text-12 font-normal text-muted">{day(quote.invoiced_at)}</span>}
              </th>
              <td className="py-2 text-end font-strong">
                <Money value={quote.total} />
              </td>
            </tr>
          </tbody>
        </table>
      )}
    </div>
  )
}
