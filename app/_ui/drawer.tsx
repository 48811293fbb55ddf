'use client'
import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'

type Props = { open: boolean; onClose: () => void; title: string; children: ReactNode }

/** One thing in full, beside the list it came from. */
export function Drawer({ open, onClose, title, children }: Props) {
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[#000000]/45" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 end-0 z-50 w-[min(560px,100vw)] animate-enter overflow-y-auto border-s border-line bg-raised p-5 shadow-float">
          <div className="mb-4 flex items-start justify-between gap-4">
            <Dialog.Title className="min-w-0 text-16 font-strong break-all">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" size="sm" className="-me-2 -mt-1">
                <X aria-hidden className="size-4" />
              </IconButton>
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
