import { createHash } from 'node:crypto'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { ResolvedBase } from './bases/resolve.ts'

/** Everything that decides what a build gives. */
export interface AddressInputs {
  readonly contextDigest: string
  /** As it is, comments and all: it may lie outside the context. */
  readonly dockerfile: string
  readonly target: string | undefined
  readonly buildArgs: ReadonlyMap<string, string>
  readonly bases: readonly ResolvedBase[]
  /** What is built for; the builder's own platform where the user named none. */
  readonly platforms: readonly string[]
  /** Only those that must be in the image; the ones that change with each commit must not count. */
  readonly labels: ReadonlyMap<string, string>
  /** Under which rules the image was let through: an image that passed others is not the same. */
  readonly salt: string
  /** Why equal inputs can give other images. */
  readonly reasons: readonly string[]
}

/** The name of an image before it is built, or why it has none. */
export type Address =
  | { readonly address: string }
  /** At least one sentence; why a build cannot be left out. */
  | { readonly unaddressable: readonly string[] }

/** Changes with what is hashed, and how: addresses of other versions never meet. */
const FORMAT = 1

/** The name of what will be built: equal for equal inputs, different for any other. */
export function addressOf(inputs: AddressInputs): Address {
  const reasons = [...new Set([...inputs.reasons, ...reasonsIn(inputs)])]
  if (reasons.length > 0) return { unaddressable: reasons }
  const { contextDigest, dockerfile, target, salt } = inputs
  const described = canonicalJson({
    format: FORMAT,
    contextDigest,
    dockerfile,
    target: target ?? '',
    buildArgs: Object.fromEntries(inputs.buildArgs),
    bases: distinctSorted(inputs.bases.map(renderBase)),
    platforms: distinctSorted(inputs.platforms),
    labels: Object.fromEntries(inputs.labels),
    salt,
  })
  return { address: createHash('sha256').update(described).digest('hex') }
}

function reasonsIn({ dockerfile, platforms }: AddressInputs): readonly string[] {
  return [
    // Bytes that are no text all read as this one character: different files would look the same.
    ...(dockerfile.includes('\uFFFD') ? ['the Dockerfile is not UTF-8'] : []),
    ...(platforms.length === 0 ? ['what platform the builder builds for is not known'] : []),
  ]
}

function renderBase({ name, platform, digest }: ResolvedBase): string {
  return canonicalJson([name, platform ?? '', digest])
}

function distinctSorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}
