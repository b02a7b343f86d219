/** One archive that apt may read: one address, one suite. */
export interface AptSource {
  readonly uri: string
  readonly suite: string
  readonly components: readonly string[]
  /** Keyring file, or undefined for apt's default trust. */
  readonly signedBy: string | undefined
}

/**
 * Reads a `.sources` file (deb822) or a `.list` file (one line each); disabled, source-code and odd
 * entries are left out.
 */
export function parseAptSources(fileName: string, text: string): AptSource[] {
  return fileName.endsWith('.sources') ? parseDeb822(text) : parseOneLine(text)
}

/**
 * Those of `sources` that are the system's own archive. Vendors' archives (cloud tools, node,
 * docker) name other suites or components.
 */
export function selectSystemSources(sources: readonly AptSource[], codename: string): AptSource[] {
  const suites = [codename, `${codename}-updates`, `${codename}-security`]
  return sources.filter(
    (source) => suites.includes(source.suite) && source.components.includes('main')
  )
}

/**
 * The same mirrors for a later suite: what this machine can reach for one release it can reach for
 * the next.
 */
export function deriveSources(
  sources: readonly AptSource[],
  from: string,
  to: string
): AptSource[] {
  return sources
    .filter((source) => source.suite === from || source.suite === `${from}-security`)
    .map((source) => ({ ...source, suite: source.suite.replace(from, to) }))
}

/** A `.sources` file of exactly these archives. */
export function renderAptSources(sources: readonly AptSource[]): string {
  return sources.map(renderStanza).join('\n')
}

/** Reads `key=value` lines, quotes removed, as in /etc/os-release. */
export function parseOsRelease(text: string): ReadonlyMap<string, string> {
  const pairs = [...text.matchAll(/^([A-Z_]+)=["']?(.*?)["']?$/gm)]
  return new Map(pairs.map(([, key = '', value = '']) => [key, value]))
}

function renderStanza(source: AptSource): string {
  const lines = [
    'Types: deb',
    `URIs: ${source.uri}`,
    `Suites: ${source.suite}`,
    `Components: ${source.components.join(' ')}`,
    ...(source.signedBy === undefined ? [] : [`Signed-By: ${source.signedBy}`]),
  ]
  return `${lines.join('\n')}\n`
}

function parseDeb822(text: string): AptSource[] {
  const withoutComments = text.replace(/^#.*\n?/gm, '')
  return withoutComments.split(/\n\s*\n/).flatMap(parseStanza)
}

function parseStanza(stanza: string): AptSource[] {
  const fields = new Map(
    [...stanza.matchAll(/^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t].*)*)/gm)].map(
      ([, name = '', value = '']) => [name.toLowerCase(), value.trim()]
    )
  )
  const list = (name: string): string[] => words(fields.get(name) ?? '')
  if (
    !list('types').includes('deb') ||
    /^(no|false|off|0|without)$/i.test(fields.get('enabled') ?? '')
  )
    return []
  return expand(list('uris'), list('suites'), {
    components: list('components'),
    signedBy: keyringPath(fields.get('signed-by')),
  })
}

function parseOneLine(text: string): AptSource[] {
  const entries = text.matchAll(/^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#\n]*)/gm)
  return [...entries].flatMap(([, options = '', uri = '', suite = '', components = '']) =>
    expand([uri], [suite], {
      components: words(components),
      signedBy: keyringPath(/signed-by=(\S+)/i.exec(options)?.[1]),
    })
  )
}

function expand(
  uris: readonly string[],
  suites: readonly string[],
  rest: Pick<AptSource, 'components' | 'signedBy'>
): AptSource[] {
  return uris.flatMap((uri) => suites.map((suite) => ({ uri, suite, ...rest })))
}

/**
 * A key written into the stanza itself cannot be carried over by name; apt's default trust is tried
 * instead.
 */
function keyringPath(value: string | undefined): string | undefined {
  return value?.startsWith('/') && !value.includes('\n') ? value : undefined
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
