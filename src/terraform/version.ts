type Version = readonly [major: number, minor: number, patch: number]

/** The bundled configuration needs 1.9 (validations that look at other variables). */
const OLDEST: Version = [1, 9, 0]
const BEFORE: Version = [2, 0, 0]

/** What is installed where nothing on PATH fits. */
export const PINNED_VERSION = '1.11.4'
export const FITTING_VERSIONS = '>= 1.9.0, < 2.0.0'

/** Whether a terraform may be used: exactly the wanted one, or any that fits when none is wanted. */
export function isFitting(found: string, wanted: string | undefined): boolean {
  if (wanted !== undefined) return found === wanted
  const version = parse(found)
  return version !== undefined && compare(version, OLDEST) >= 0 && compare(version, BEFORE) < 0
}

// A pre-release ("1.16.0-rc2") is never picked by itself; who wants it names it.
function parse(text: string): Version | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(text) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)]
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}
