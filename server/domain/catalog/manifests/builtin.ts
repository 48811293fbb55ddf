/** The apps every installation offers, made from images the product builds itself. */
import type { CatalogManifest } from '../../../contract/manifest.ts'
import { guestbookManifest } from './guestbook.ts'
import { helloManifest } from './hello.ts'
import { staticSiteManifest } from './static-site.ts'

export const BUILTIN_MANIFESTS: readonly CatalogManifest[] = [helloManifest, guestbookManifest, staticSiteManifest]
