'use client'
import { methodName } from '../../../../../../server/contract/payment-words.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import type { PaymentMethod, PaymentSettings } from '../../../../../_lib/wire.ts'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import { TopUpForm } from './top-up-form.tsx'
import { useSaveSettings } from './use-save-settings.ts'

type Props = { settings: PaymentSettings; charged: PaymentMethod | undefined; refused: string | null }

export function AutoPaySection({ settings, charged, refused }: Props) {
  const { save, base } = useSaveSettings(settings, settings.auto_pay ? 'Automatic payment is off' : 'Automatic payment is on')
  const able = charged !== undefined
  return (
    <Section title="Automatic payment">
      <Panel className="flex max-w-160 flex-col gap-5">
        {settings.auto_pay && !able ? <Banner tone="attention">There is no card that could be charged: add one, or pay each invoice by hand.</Banner> : null}
        <Checkbox
          checked={settings.auto_pay}
          disabled={refused !== null || save.isPending || (!able && !settings.auto_pay)}
          onChange={(on) => save.mutate({ ...base, auto_pay: on })}
          label="Pay invoices automatically"
          hint={
            refused ??
            (able
              ? `When an invoice is issued, its sum is taken from ${methodName(charged)} the same day; credit is used first. If the bank refuses, we mail you why and try again on later days.`
              : 'Add a card first.')
          }
        />
        {save.error === null ? null : <ErrorPanel problem={toProblem(save.error)} />}
        <TopUpForm key={settings.etag} settings={settings} able={able} refused={refused} />
      </Panel>
    </Section>
  )
}
