'use client'
import { Toaster as Sonner } from 'sonner'

/** Only for what has already happened and needs no answer. Errors stay in the page. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      closeButton
      visibleToasts={3}
      toastOptions={{
        duration: 6000,
        unstyled: true,
        classNames: {
          toast: 'flex w-full items-center gap-3 rounded-box border border-line bg-raised px-4 py-3 text-14 text-ink shadow-float',
          description: 'text-muted',
          actionButton: 'link',
          closeButton: 'order-last ms-auto text-muted',
        },
      }}
    />
  )
}
