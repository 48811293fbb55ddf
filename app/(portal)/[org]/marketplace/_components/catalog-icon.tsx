import { BookOpen, Hand, LayoutTemplate, Package, type LucideIcon } from 'lucide-react'

const icons: Record<string, LucideIcon> = { 'book-open': BookOpen, hand: Hand, 'layout-template': LayoutTemplate }

export function CatalogIcon({ icon }: { icon: string }) {
  const Icon = icons[icon] ?? Package
  return (
    <span aria-hidden className="grid size-10 shrink-0 place-items-center rounded-box border border-line bg-sunken text-muted">
      <Icon className="size-5" />
    </span>
  )
}
