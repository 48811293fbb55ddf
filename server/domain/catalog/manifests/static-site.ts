import { CatalogManifest } from '../../../contract/manifest.ts'

export const staticSiteManifest = CatalogManifest.parse({
  id: 'static-site',
  name: 'Static site',
  version: '1.0.0',
  summary: 'A small public page with your own title, text and colour.',
  description: 'For an announcement, an address or a page that says you will be back. There is no database and nothing to maintain; '
    + 'edit the text in the settings of the app and deploy again.',
  category: 'website',
  icon: 'layout-template',
  images: { site: 'builtin/static-site:v1' },
  parameters: {
    type: 'object',
    required: ['title', 'text'],
    properties: {
      title: { type: 'string', title: 'Title', minLength: 1, maxLength: 80 },
      text: { type: 'string', title: 'Text', format: 'multiline', minLength: 1, maxLength: 2000 },
      color: { type: 'string', title: 'Accent colour', format: 'color', default: '#1d4ed8' },
    },
  },
  services: [{
    key: 'web', image: 'site', env: { SITE_TITLE: '{{title}}', SITE_TEXT: '{{text}}', SITE_COLOR: '{{color}}' },
    port: 8080, public: true, health: { path: '/healthz' }, resources: { vcpu: 1, memory_mib: 128, disk_mib: 64 },
  }],
})
