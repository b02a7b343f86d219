import { formsOf } from './forms.ts'
import { collectSecret, harvestSecrets } from './harvest.ts'
import { MASK, SecretMatcher, SHORTEST_FORM } from './matcher.ts'
import { maskSettings, maskUrlPasswords } from './names.ts'

/** What is secret whatever the plan says. */
export interface KnownSecrets {
  /** Values to hide wherever they appear. */
  readonly secrets: readonly string[]
  /** Names of the root variables whose values are secret. */
  readonly sensitiveVariables: readonly string[]
}

/** The one place through which text of a plan or of terraform passes before anybody reads it. */
export interface Masker {
  /** Text of a value, a message or a key. */
  mask(text: string): string
  /** An address: only its keys can hold a value, the rest is written in the configuration. */
  maskAddress(address: string): string
}

export function buildMasker(plan: unknown, known: KnownSecrets): Masker {
  const forms = new Set<string>()
  const secrets = new Set(harvestSecrets(plan, known.sensitiveVariables))
  for (const secret of known.secrets) {
    for (const part of partsOf(secret)) secrets.add(part)
    collectSecret(secret, secrets)
  }
  for (const secret of secrets) for (const form of formsOf(secret)) forms.add(form)
  const matcher = new SecretMatcher(forms)
  const mask = (text: string): string =>
    maskUrlPasswords(maskSettings(matcher.mask(text), MASK), MASK)
  return { mask, maskAddress: (address) => maskAddress(address, mask) }
}

const KEYS = /\["((?:[^"\\]|\\.)*)"\]/gs

function maskAddress(address: string, mask: (text: string) => string): string {
  // What is no address after all may be any text.
  if (/[^\w.[\]-]/.test(address.replace(KEYS, ''))) return mask(address)
  return address.replace(KEYS, (_, key: string) => `["${maskKey(key, mask)}"]`)
}

/** Terraform writes a key with the escapes of HCL: the secret is looked for in both forms. */
function maskKey(key: string, mask: (text: string) => string): string {
  const masked = mask(key)
  const plain = masked.replace(/\\(["\\])/g, '$1')
  const twice = mask(plain)
  return twice === plain ? masked : twice.replace(/["\\]/g, '\\$&')
}

/** Each line of a multi-line secret counts on its own, as in the runner's log. */
function partsOf(secret: string): readonly string[] {
  return [secret, ...secret.split(/\r?\n/)].filter((part) => part.trim().length >= SHORTEST_FORM)
}
