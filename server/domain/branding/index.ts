import { createBrand } from './create-brand.ts'
import { currentBrand, getBrand, listBrands } from './read-brands.ts'
import { updateBrand } from './update-brand.ts'

export { brandOfHost, consoleHosts, ensurePlatformBrand, originOf } from './brands.ts'
export { createBrand, currentBrand, getBrand, listBrands, updateBrand }
export const operations = [currentBrand, listBrands, getBrand, createBrand, updateBrand]
