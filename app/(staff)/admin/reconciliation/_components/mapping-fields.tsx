'use client'
import { CSV_DELIMITERS, DATE_FORMATS, type CsvMapping } from '../../../../../server/contract/bank-statement.ts'
import { Field, Fieldset } from '../../../../_ui/field.tsx'
import { Select } from '../../../../_ui/inputs.tsx'

type Columns = CsvMapping['columns']
type Single = Exclude<keyof Columns, 'text'>
const LABELS: ReadonlyArray<readonly [Single, string, boolean]> = [
  ['date', 'Day', true], ['amount', 'Amount, with its sign', false], ['credit', 'Money in', false], ['debit', 'Money out', false], ['payer', 'Payer', false],
  ['payer_account', 'Payer\'s account', false], ['reference', 'The bank\'s reference', false], ['currency', 'Currency', false],
]
const DELIMITER_WORDS = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Bar' } as const
const MARK_WORDS = { '.': '1,234.56', ',': '1.234,56' } as const
const MARKS = ['.', ','] as const

interface MappingFieldsProps { mapping: CsvMapping; headings: readonly string[]; onChange: (mapping: CsvMapping) => void }

const withColumn = (columns: Columns, name: Single, value: string): Columns => {
  const next: Columns = { ...columns, [name]: value === '' ? undefined : value }
  // A sum stands in one signed column or in two, never in both.
  if (name === 'amount' && value !== '') return { ...next, credit: undefined, debit: undefined }
  return name === 'credit' && value !== '' ? { ...next, amount: undefined } : next
}

/** How this bank writes its files; asked once per account. */
export function MappingFields({ mapping, headings, onChange }: MappingFieldsProps) {
  const choices = (empty: string) => [{ value: '', label: empty }, ...headings.map((name) => ({ value: name, label: name }))]
  const chosen = <T extends string>(options: readonly T[], value: string, fallback: T): T => options.find((one) => one === value) ?? fallback
  return (
    <Fieldset legend="How the bank writes it" hint="Kept for the next statements of this account.">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Columns are parted by" required>
          {(control) => (
            <Select {...control} value={mapping.delimiter} options={CSV_DELIMITERS.map((value) => ({ value, label: DELIMITER_WORDS[value] }))}
              onChange={(event) => onChange({ ...mapping, delimiter: chosen(CSV_DELIMITERS, event.target.value, ',') })} />
          )}
        </Field>
        <Field label="Days look like" required>
          {(control) => (
            <Select {...control} value={mapping.date_format} options={DATE_FORMATS.map((value) => ({ value, label: value }))}
              onChange={(event) => onChange({ ...mapping, date_format: chosen(DATE_FORMATS, event.target.value, 'YYYY-MM-DD') })} />
          )}
        </Field>
        <Field label="Sums look like" required>
          {(control) => (
            <Select {...control} value={mapping.decimal_mark} options={MARKS.map((value) => ({ value, label: MARK_WORDS[value] }))}
              onChange={(event) => onChange({ ...mapping, decimal_mark: chosen(MARKS, event.target.value, '.') })} />
          )}
        </Field>
        {LABELS.map(([name, label, required]) => (
          <Field key={name} label={label} required={required}>
            {(control) => (
              <Select {...control} value={mapping.columns[name] ?? ''} options={required ? choices('Choose') : choices('None')}
                onChange={(event) => onChange({ ...mapping, columns: withColumn(mapping.columns, name, event.target.value) })} />
            )}
          </Field>
        ))}
        <Field label="What the payer wrote">
          {(control) => (
            <Select {...control} value={mapping.columns.text[0] ?? ''} options={choices('None')}
              onChange={(event) => onChange({ ...mapping, columns: { ...mapping.columns, text: event.target.value === '' ? [] : [event.target.value] } })} />
          )}
        </Field>
      </div>
    </Fieldset>
  )
}
