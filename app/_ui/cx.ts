import { clsx, type ClassValue } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['12', '13', '14', '16', '20', '28'],
      radius: ['box', 'inner'],
      'font-weight': ['normal', 'strong'],
      shadow: ['float'],
    },
  },
})

/** Joins class names; a later utility wins over an earlier one of the same kind. */
export const cx = (...classes: ClassValue[]): string => merge(clsx(classes))
