import type { Brand } from '../_lib/brand.ts'

/** The brand's logo, or its first letter on the brand's colour. */
export function BrandMark({ brand }: { brand: Pick<Brand, 'name' | 'logo_url'> }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-2.5">
      {brand.logo_url === null ? (
        <span aria-hidden className="grid size-6 shrink-0 place-items-center rounded-inner bg-accent text-13 font-strong text-on-accent">
          {brand.name.slice(0, 1).toUpperCase()}
        </span>
      ) : (
        <img src={brand.logo_url} alt="" className="h-6 max-w-32 object-contain" />
      )}
      <span className="truncate font-strong">{brand.name}</span>
    </span>
  )
}
