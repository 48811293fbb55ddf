import { NODE_PACKAGES } from '../../agent/install/packages.ts'

/** What a node needs, and what makes guest and built-in images here. */
export const RUNTIME_PACKAGES = {
  ...NODE_PACKAGES,
  'busybox-static': '/bin/busybox',
  'cpio': '/usr/bin/cpio',
  'lz4': '/usr/bin/lz4',
  'zstd': '/usr/bin/zstd',
  'gcc': '/usr/bin/gcc',
  'libc6-dev': '/usr/include/stdio.h',
  'docker-registry': '/usr/bin/docker-registry',
  'fakeroot': '/usr/bin/fakeroot',
  'redis-tools': '/usr/bin/redis-check-rdb',
} as const satisfies Record<string, string>

/** An ordinary user keeps the owners of image files in a user namespace. */
export const TRIAL_PACKAGES = { ...RUNTIME_PACKAGES, uidmap: '/usr/bin/newuidmap' } as const satisfies Record<string, string>

export const BROWSER_PACKAGES = {
  'chromium': '/usr/bin/chromium',
  'fonts-liberation': '/usr/share/fonts/truetype/liberation',
} as const satisfies Record<string, string>

/** Others' programs that judge what we make: a certificate authority, shells, a reader of PDF. For tests only. */
export const JUDGING_PACKAGES = {
  'pebble': '/usr/bin/pebble',
  'fish': '/usr/bin/fish',
  'zsh': '/usr/bin/zsh',
  'poppler-utils': '/usr/bin/pdftotext',
} as const satisfies Record<string, string>
