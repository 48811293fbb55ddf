import { CatalogManifest } from '../../../contract/manifest.ts'

export const guestbookManifest = CatalogManifest.parse({
  id: 'guestbook',
  name: 'Guestbook',
  version: '1.0.0',
  summary: 'Visitors leave a name and a message, kept in a Redis of its own.',
  description: 'Two machines on your private network: the page, open to the internet, and a Redis that only your apps can reach. '
    + 'The password between them is made up during the install and kept as a secret.\n\n'
    + 'Entries live on the disk of the Redis machine and are deleted with it.',
  category: 'community',
  icon: 'book-open',
  images: { web: 'builtin/guestbook:v1', redis: 'builtin/redis:v7' },
  parameters: {
    type: 'object',
    properties: {
      title: { type: 'string', title: 'Title', description: 'Heading of the page.', default: 'Guestbook', minLength: 1, maxLength: 80 },
    },
  },
  generated: { redis_password: { length: 32 } },
  services: [
    {
      key: 'redis', image: 'redis', env: { REDIS_PASSWORD: '{{generated.redis_password}}' }, port: 6379, health: { path: null },
      resources: { vcpu: 1, memory_mib: 192, disk_mib: 256 },
    },
    {
      key: 'web', image: 'web', port: 8080, public: true, health: { path: '/healthz' }, resources: { vcpu: 1, memory_mib: 128, disk_mib: 64 },
      depends_on: ['redis'],
      env: {
        GUESTBOOK_TITLE: '{{title}}',
        REDIS_HOST: '{{services.redis.host}}',
        REDIS_PORT: '{{services.redis.port}}',
        REDIS_PASSWORD: '{{generated.redis_password}}',
      },
    },
  ],
})
