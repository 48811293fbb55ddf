/** Who a data key belongs to; providers bind the wrapped key to it. */
export interface KeyContext { owner: string }

export interface Wrapped {
  /** `<provider>:<its own name of the version>` */
  keyId: string
  wrapped: string
}

/** Port to whoever keeps the keys that wrap data keys. Adapters: file with passphrase, Vault transit, AWS KMS. */
export interface KeyProvider {
  readonly name: string
  /** What {@link wrap} would use now. */
  currentKeyId(): Promise<string>
  wrap(dataKey: Buffer, context: KeyContext): Promise<Wrapped>
  /** Rejects with {@link KeyProviderError}: `refused` when the text, its owner or its key is wrong, `unavailable` when nobody answers. */
  unwrap(wrapped: Wrapped, context: KeyContext): Promise<Buffer>
  /** Makes a new version current and returns its id; providers whose versions are made elsewhere return the present one. */
  rotate(): Promise<string>
  /** Nothing can be unwrapped with that version any more. */
  retire(keyId: string): Promise<void>
}

/** The one that wraps, and all that can still unwrap. */
export interface KeyProviders { current: KeyProvider; all: readonly KeyProvider[] }

export type KeyFault = 'unavailable' | 'refused'

/** `message` is for the operator and never holds key material. */
export class KeyProviderError extends Error {
  readonly fault: KeyFault
  constructor(fault: KeyFault, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.fault = fault
  }
}
