'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { Select } from '../../../../_ui/inputs.tsx'

/** Whose catalogue: the platform's, or a reseller's. Empty is every seller. */
export function BrandChoice({ value, onChange, all = false }: { value: string; onChange: (id: string) => void; all?: boolean }) {
  const brands = useQuery(useTRPC().staff.brands.queryOptions({ limit: 100 }))
  const options = (brands.data?.data ?? []).map((brand) => ({ value: brand.id, label: brand.name }))
  return (
    <Select
      aria-label="Seller"
      className="w-56"
      value={value}
      options={[...(all ? [{ value: '', label: 'Every seller' }] : []), ...options]}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
