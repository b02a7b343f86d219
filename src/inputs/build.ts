import type { InputReader, LineRule, Pattern } from './reader.ts'

/** Which image is deployed; fields are named as the inputs are. */
export interface BuildInputs {
  readonly context: string
  readonly dockerfile: string | undefined
  readonly target: string | undefined
  readonly buildArgs: ReadonlyMap<string, string>
  /** Values are secrets; the build sees them in its secret mounts only. */
  readonly buildSecrets: ReadonlyMap<string, string>
  /** Such as `linux/amd64`; empty: the builder's own. */
  readonly platforms: readonly string[]
  /** Whether a list of the image's packages is attached to it. */
  readonly sbom: boolean
  /** A reference that is deployed as it is; undefined: the image is built. */
  readonly image: string | undefined
}

const IMAGE: Pattern = {
  pattern:
    /^[a-z0-9][a-z0-9.-]*(:[0-9]+)?\/[a-z0-9._/-]+(:[A-Za-z0-9_][A-Za-z0-9._-]*|(:[A-Za-z0-9_][A-Za-z0-9._-]*)?@sha256:[0-9a-f]{64})$/,
  instead:
    'an image with its registry and a tag or digest, such as "europe-west1-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE@sha256:…"',
}
const PLATFORM = /^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/

/** What only a build can use: with an image that exists already it would be passed over. */
const OF_A_BUILD = ['dockerfile', 'target', 'build_args', 'build_secrets', 'platforms'] as const

/** Reads what the image is made of, or which one is taken. */
export function readBuildInputs(reader: InputReader): BuildInputs {
  const image = reader.optional('image', IMAGE)
  const unused = OF_A_BUILD.filter((input) => reader.text(input) !== '')
  if (image !== undefined && unused.length > 0) {
    const names = unused.map((input) => `"${input}"`).join(', ')
    reader.object('image', `names an image that is there: take ${names} away, or "image".`)
  }
  return {
    context: reader.text('context') || '.',
    dockerfile: reader.text('dockerfile') || undefined,
    target: reader.text('target') || undefined,
    buildArgs: reader.lines('build_args'),
    buildSecrets: reader.lines('build_secrets', BUILD_SECRET_LINE),
    platforms: readPlatforms(reader),
    sbom: reader.flag('sbom', false),
    image,
  }
}

function readPlatforms(reader: InputReader): readonly string[] {
  const platforms = reader.list('platforms')
  const strangers = platforms.filter((platform) => !PLATFORM.test(platform))
  if (strangers.length > 0)
    reader.refuse(
      'platforms',
      strangers.join(', '),
      'platforms, such as "linux/amd64, linux/arm64"'
    )
  return platforms
}

/** The runner would make every appearance of a shorter one unreadable, in words that mean something else. */
const SHORTEST_SECRET = 4
const BUILD_SECRET_LINE: LineRule = {
  judgeValue: (value) =>
    value.trim().length >= SHORTEST_SECRET
      ? undefined
      : 'has a value that is too short to be hidden in the log',
  instead: `NAME=VALUE with ${SHORTEST_SECRET} characters or more, and what is no secret in "build_args"`,
}
