/** An operating system and processor, in the spelling that BuildKit gives to builds. */
export interface Platform {
  readonly os: string
  readonly architecture: string
  /** Such as `v7`; empty where there is only one. */
  readonly variant: string
}

const ARCHITECTURES: Readonly<Record<string, string>> = {
  i386: '386',
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
}

/** Reads `os/architecture[/variant]`; undefined for shorter forms, which mean "as on the builder". */
export function parsePlatform(text: string): Platform | undefined {
  const parts = text.toLowerCase().split('/')
  const [os = '', named = '', variant = ''] = parts
  if (os === '' || named === '' || parts.length > 3) return undefined
  const architecture = ARCHITECTURES[named] ?? named
  return {
    os: os === 'macos' ? 'darwin' : os,
    architecture,
    variant: normalVariant(architecture, named === 'armel' ? 'v6' : variant),
  }
}

function normalVariant(architecture: string, variant: string): string {
  const version = /^[0-9]+$/.test(variant) ? `v${variant}` : variant
  if (architecture === 'arm') return version || 'v7'
  // The ones that every processor of the kind has are not written.
  const isPlain =
    (architecture === 'arm64' && version === 'v8') || (architecture === 'amd64' && version === 'v1')
  return isPlain ? '' : version
}

/** The form that TARGETPLATFORM has in builds. */
export function renderPlatform({ os, architecture, variant }: Platform): string {
  return variant === '' ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`
}

/** Whether an image of `offered` is taken where `wanted` is asked for. */
export function isSamePlatform(offered: Platform, wanted: Platform): boolean {
  return renderPlatform(offered) === renderPlatform(wanted)
}
