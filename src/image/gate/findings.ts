import type { SecretFinding } from './content-scan.ts'

/** A secret and where it would be shipped. */
export interface GatedFinding extends SecretFinding {
  /** A file, or a part of the image's config such as `ENV NAME`. Written by others: not yet safe to print. */
  readonly path: string
  /** Such as `layer 3 of 7 (COPY . /)` or `image config`; absent for what stands in the context. */
  readonly layer?: string
}

/** Looks through the content of one file, which comes in pieces of any size. */
export interface ContentScanner {
  /** The bytes may be others after the call. */
  write(bytes: Uint8Array): void
  end(): readonly SecretFinding[]
}

/** The rules, as the gate sees them. */
export interface Scanner {
  judgeName(path: string): SecretFinding | undefined
  /** For content that is in memory anyway. */
  scan(path: string, bytes: Uint8Array): readonly SecretFinding[]
  start(path: string): ContentScanner
}

/** What the people of the repository have looked at and found harmless. */
export interface Allowances {
  allows(path: string, finding: SecretFinding): boolean
}

/** What becomes of a finding. */
export type SecretScan = 'block' | 'warn' | 'off'
