import { getCatalogEntry, listCatalog, manifestOf } from './read-catalog.ts'

export { parameterProblems } from './manifests/parameters.ts'
export { resolveManifest, valuesToGenerate, type ServiceToCreate } from './manifests/resolve.ts'
export { getCatalogEntry, listCatalog, manifestOf }
export const operations = [listCatalog, getCatalogEntry]
