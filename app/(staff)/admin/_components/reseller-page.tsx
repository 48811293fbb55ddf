'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../../_lib/paths.ts'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { Code } from '../../../_ui/copy.tsx'
import { Load } from '../../../_ui/load.tsx'
import { KeyValue, PageHeader, Panel, Section } from '../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../_ui/states.tsx'
import { BrandPreview } from './brand-fields.tsx'
import { BrandForm } from './brand-form.tsx'
import { PaymentAccountList } from './payment-account-list.tsx'
import { PriceEditor } from './price-editor.tsx'

export function ResellerPage({ id }: { id: string }) {
  const trpc = useTRPC()
  const brand = useQuery(trpc.staff.brand.queryOptions({ brand_id: id }))
  const prices = useQuery(trpc.staff.prices.queryOptions({ limit: 100, filter: { brand_id: id } }))
  return (
    <Load query={brand} skeleton={<PanelSkeleton label="Loading the reseller" className="h-80" />}>
      {(one) => (
        <div className="max-w-200">
          <PageHeader
            title={one.name}
            above={
              <Link className="link" href={paths.adminResellers}>
                Resellers
              </Link>
            }
            facts={
              <>
                {one.hostnames.map((host) => (
                  <Code key={host} copy>
                    {host}
                  </Code>
                ))}
                <span>{one.organizations} organizations</span>
              </>
            }
          />
          <Section title="How it looks">
            <BrandPreview name={one.name} accent={one.accent} logo={one.logo_url} />
          </Section>
          <Section title="Brand">
            <BrandForm brand={one} />
          </Section>
          <Section title="Invoices">
            <Panel>
              <KeyValue
                columns
                items={[
                  ['Prefix', one.invoice_prefix],
                  ['Currency', one.default_currency],
                  ['Country', one.country],
                  ['Tax id', one.tax_id ?? 'none'],
                  ['Tax', `${one.tax_label} ${Number(one.tax_rate) * 100} %`],
                  ['Address', one.legal_address === '' ? 'none' : one.legal_address],
                ]}
              />
            </Panel>
          </Section>
          {one.platform ? null : (
            <Section title="Payment accounts" hint="Payments of this reseller's invoices go to its own account at the provider, less your part.">
              <PaymentAccountList brandId={one.id} reseller={one.name} />
            </Section>
          )}
          <Section title="Prices" hint="A new version is for who subscribes from then on; customers keep theirs until you move them in the catalogue.">
            <Load query={prices} skeleton={<PanelSkeleton label="Loading prices" />}>
              {({ data }) => {
                const latest = [...Map.groupBy(data, (list) => list.currency).values()].flatMap((versions) => versions.slice(0, 1))
                return (
                  <div className="flex flex-col gap-4">
                    {latest.map((list) => (
                      <PriceEditor key={list.id} list={list} />
                    ))}
                  </div>
                )
              }}
            </Load>
          </Section>
        </div>
      )}
    </Load>
  )
}
