const SECRET_WORDS =
  /^(apikey|auth|authorization|credentials?|dsn|key|pass|passphrase|password|passwd|pat|pwd|pword|private|secrets?|tokens?)$/
const HARMLESS_WORDS =
  /^(public|file|filename|path|version|name|ttl|expiry|region|type|count|length|size)$/
/** Secret as one word among others only: alone, they mean anything. */
const VAGUE_NAME = /^(key|auth|private|pass|pat)$/i
const CONTAINERS =
  /(^|_|-)(env|envs|environ|environment|environments|variables|vars|secrets)$|^(settings|config|parameters|params|data|metadata|headers)$/i

/** Whether a setting of this name usually holds a secret: `DB_PASSWORD`, but not `PUBLIC_KEY`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  return (
    words.some((word) => SECRET_WORDS.test(word)) &&
    !words.some((word) => HARMLESS_WORDS.test(word)) &&
    !VAGUE_NAME.test(name)
  )
}

/** Whether the members of a map of this name are settings of a program. */
export function holdsSettings(name: string): boolean {
  return CONTAINERS.test(name)
}

/**
 * Whether a member of a map has a value that nobody should read, going by names alone. Only
 * settings count: of an attribute its provider says whether it is sensitive.
 */
export function isSecretMember(member: string, isSetting: boolean): boolean {
  return (isSetting || /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(member)) && isSecretName(member)
}

/** What names the setting in a list of `{ name, value }`. */
export const NAMING_MEMBERS = ['name', 'key', 'Name', 'Key'] as const
export const VALUE_MEMBER = /^(value|Value|default_?[vV]alue)$/

// The reference to a version of a secret, which the boot scripts are given, is not the secret.
const REFERENCE = /^[A-Za-z][\w-]*\/(\d+|latest)$/
// What a shell puts in later is not the secret either.
const EXPANSION = /^["']?\$[({]/

/** Whether a text holds nothing but references to secrets, one by one or as `NAME=reference`. */
export function isReference(text: string): boolean {
  return text
    .split('\n')
    .every((line) => line === '' || REFERENCE.test(line.replace(/^[A-Za-z_]\w*=/, '')))
}

const SETTING_LINE =
  /^([ \t]*(?:-[ \t]+|export[ \t]+|-e[ \t]+)?(["']?)([A-Za-z_][\w.-]*)\2(?:=|:[ \t]+|[ \t]+=[ \t]+))(\S[^\n]*)$/gm
const JSON_MEMBER = /("([A-Za-z_][\w.-]*)"[ \t]*:[ \t]*)"(?:[^"\\]|\\.)*"/g

/** Hides values whose names speak of a secret: of `NAME=value`, `name: value` and `"name": "value"`. */
export function maskSettings(text: string, mask: string): string {
  if (!text.includes('=') && !text.includes(': ') && !text.includes('":')) return text
  const masked = text.replace(
    SETTING_LINE,
    (line: string, lead: string, _: string, name: string, value: string) => {
      const isHarmless = REFERENCE.test(value) || EXPANSION.test(value)
      return !isHarmless && isSecretName(name) ? `${lead}${mask}` : line
    }
  )
  return masked.replace(JSON_MEMBER, (member: string, lead: string, name: string) =>
    isSecretName(name) ? `${lead}"${mask}"` : member
  )
}

/** Hides the password of `scheme://user:password@host`. */
export function maskUrlPasswords(text: string, mask: string): string {
  if (!text.includes('://') || !text.includes('@')) return text
  return text.replace(/(:\/\/[^\s/?#:@]*:)[^\s/?#@]+@/g, `$1${mask}@`)
}
