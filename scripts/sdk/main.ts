import { writeFileSync } from 'node:fs'
import { generateTypes, typesFile } from './generate.ts'

writeFileSync(typesFile, await generateTypes())
console.log(`wrote ${typesFile}`)
