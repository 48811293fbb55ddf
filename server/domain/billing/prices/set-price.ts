import { z } from 'zod'
import { command } from '../../../core/operation.ts'
import { publishVersion, PublishTerms } from '../catalogue/publish-version.ts'
import { STARTER_PLAN } from './default-prices.ts'
import { PriceListWire, toPriceList } from './price-wire.ts'
import { CatalogueKey } from '../../../contract/catalogue.ts'

export const setPrice = command({
  name: 'prices.set',
  summary: 'New version of a plan\'s price in one market. It counts for who subscribes from then on; subscriptions keep theirs until they are migrated',
  scope: 'staff',
  input: z.strictObject({ brand_id: z.string().max(60).optional(), plan_key: CatalogueKey.default(STARTER_PLAN), ...PublishTerms }),
  output: PriceListWire,
  rest: { method: 'POST', path: '/prices', status: 201, tag: 'Prices' },
  run: async (ctx, { brand_id: brandId = ctx.brand.id, plan_key: planKey, ...terms }) => toPriceList(await publishVersion(ctx, { brandId, planKey }, terms)),
})
