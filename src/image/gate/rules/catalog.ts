import type { Detector, Rule } from './detector.ts'
import { ENCODED_DETECTOR } from './keys/encoded.ts'
import { PRIVATE_KEY_DETECTOR, PRIVATE_KEY_RULES, PUTTY_DETECTOR } from './keys/private-key.ts'
import { FILE_DETECTORS, FILE_RULES } from './settings/files.ts'
import { NAMED_RULES } from './settings/named.ts'
import { GENERIC_RULES, SETTING_DETECTOR } from './settings/settings.ts'
import { URL_DETECTOR, URL_RULES } from './settings/url.ts'
import { CODE_HOST_TOKENS } from './tokens/code-hosts.ts'
import { CREDENTIAL_DETECTORS, CREDENTIAL_RULES } from './tokens/credentials.ts'
import { GOOGLE_TOKENS } from './tokens/google.ts'
import { SERVICE_TOKENS } from './tokens/services.ts'
import { tokenDetector } from './tokens/token-rule.ts'
import { VENDOR_TOKENS } from './tokens/vendors.ts'

const TOKENS = [...GOOGLE_TOKENS, ...CODE_HOST_TOKENS, ...SERVICE_TOKENS, ...VENDOR_TOKENS]

/** Every rule there is; where two object to the same text, the earlier one speaks. */
export const RULES: readonly Rule[] = [
  ...PRIVATE_KEY_RULES,
  ...CREDENTIAL_RULES,
  ...TOKENS,
  ...NAMED_RULES,
  ...FILE_RULES,
  ...URL_RULES,
  ...GENERIC_RULES,
]

/** What also looks into what an encoded text holds: there, only what needs no context counts. */
export const INNER_DETECTORS: readonly Detector[] = [
  PRIVATE_KEY_DETECTOR,
  ...CREDENTIAL_DETECTORS,
  ENCODED_DETECTOR,
]

export const DETECTORS: readonly Detector[] = [
  ...INNER_DETECTORS,
  PUTTY_DETECTOR,
  ...TOKENS.map(tokenDetector),
  ...FILE_DETECTORS,
  URL_DETECTOR,
  SETTING_DETECTOR,
]

const RANKS = new Map([...RULES].reverse().map(({ id }, index) => [id, RULES.length - 1 - index]))
const TITLES = new Map([...RULES].reverse().map(({ id, title }) => [id, title]))

/** Lower speaks first. */
export function rankOf(rule: string): number {
  return RANKS.get(rule) ?? RULES.length
}

export function titleOf(rule: string): string {
  return TITLES.get(rule) ?? rule
}
