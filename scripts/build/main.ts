import { buildStale } from './build.ts'

await buildStale()
console.log('built')
