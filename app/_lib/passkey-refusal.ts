/** What went wrong in the browser's own dialog, in words. */
export class PasskeyRefusal extends Error {}
