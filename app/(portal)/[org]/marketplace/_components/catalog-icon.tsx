export function CatalogIcon({ name, url }: { name: string; url: string | null }) {
  return url === null
    ? <span aria-hidden className="grid size-10 shrink-0 place-items-center rounded-box border border-line bg-sunken text-16 font-strong text-muted">{name.slice(0, 1).toUpperCase()}</span>
    : <img src={url} alt="" className="size-10 shrink-0 rounded-box object-contain" />
}
