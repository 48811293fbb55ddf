'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { plural } from '../../../../_lib/format.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { Coupon } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../_ui/dialog.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'

export function ArchiveButton({ coupon }: { coupon: Coupon }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const archive = useMutation(
    trpc.books.archiveCoupon.mutationOptions({
      onSuccess: () => {
        setOpen(false)
        void client.invalidateQueries({ queryKey: trpc.books.coupons.pathKey() })
      },
    }),
  )
  return (
    <>
      <Button size="sm" look="quiet" className="h-7" aria-label={`Archive ${coupon.code}`} onClick={() => setOpen(true)}>
        Archive
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Archive ${coupon.code}?`}
        action="Archive coupon"
        danger
        busy={archive.isPending}
        onConfirm={() => archive.mutate({ coupon_id: coupon.id })}>
        <p>
          Nobody can redeem it any more, and its code stays taken. It was redeemed {plural(coupon.redeemed, 'time')}; who has it keeps it.
        </p>
        {archive.error === null ? null : <ErrorPanel problem={toProblem(archive.error)} />}
      </ConfirmDialog>
    </>
  )
}
