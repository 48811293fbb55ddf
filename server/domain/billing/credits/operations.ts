/** Credits and coupons, as the outside sees them. */
import { archiveCoupon, createCoupon, listCoupons } from '../coupons/manage-coupons.ts'
import { listRedemptions, redeemCoupon, removeCoupon } from '../coupons/redeem-coupon.ts'
import { expireCredits } from './expire-credits.ts'
import { grantCredits, revokeCredits } from './grant-credits.ts'
import { grantPurchasedCredit, purchaseCredits } from './purchase-credits.ts'
import { getCreditBalance, listAllCredits, listCreditHistory, listCredits } from './read-credits.ts'

export {
  archiveCoupon, createCoupon, getCreditBalance, grantCredits, listAllCredits, listCoupons, listCreditHistory, listCredits, listRedemptions, redeemCoupon,
  purchaseCredits, removeCoupon, revokeCredits,
}
export const creditComposites = [purchaseCredits]
export const creditOperations = [
  getCreditBalance, listCredits, listCreditHistory, listAllCredits, grantCredits, revokeCredits,
  createCoupon, archiveCoupon, listCoupons, redeemCoupon, listRedemptions, removeCoupon,
]
export const creditJobs = [expireCredits, grantPurchasedCredit]
