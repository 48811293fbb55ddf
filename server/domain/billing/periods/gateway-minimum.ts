/** What no payment provider takes: an invoice below it waits for the next one. Minor units; 0 = nothing is too small. */
export type GatewayMinimum = (currency: string) => bigint

let minimum: GatewayMinimum = () => 0n

/** Told by the payments domain, which knows the providers. */
export const setGatewayMinimum = (chosen: GatewayMinimum): void => { minimum = chosen }
export const gatewayMinimum: GatewayMinimum = (currency) => minimum(currency)
