import { CatalogManifest } from '../../../contract/manifest.ts'

export const helloManifest = CatalogManifest.parse({
  id: 'hello',
  name: 'Hello page',
  version: '2.0.0',
  summary: 'One page that greets you from its own virtual machine.',
  description: 'The quickest way to see a deployment end to end. The page shows the host name of the machine it runs on, its release, '
    + 'and the settings you give it here.\n\nChange a setting later and deploy again to watch a new release take over.',
  category: 'starter',
  icon: 'hand',
  images: { hello: 'builtin/hello:v2' },
  parameters: {
    type: 'object',
    properties: {
      name: { type: 'string', title: 'Greeting for', description: 'Shown on the page.', default: 'everyone', minLength: 1, maxLength: 60 },
    },
  },
  services: [{
    key: 'web', image: 'hello', env: { HELLO_NAME: '{{name}}' }, port: 8080, public: true, health: { path: '/healthz' },
    resources: { vcpu: 1, memory_mib: 128, disk_mib: 64 },
  }],
})
