import { randomUUID } from 'node:crypto'
import { renderDuration } from '../lib/duration.ts'
import { counted } from '../report/markdown.ts'
import { findBuilder } from './build/builder.ts'
import { withLogin } from './build/client-folder.ts'
import { build } from './built.ts'
import type { BuildContext } from './context/build-context.ts'
import { resolveExisting } from './existing.ts'
import { ALLOW_LIST_FILE, type AllowList, parseAllowList } from './gate/allow-list.ts'
import { guardFindings, scanContext } from './gate/gate.ts'
import { type ImageRepository, parseImageName } from './reference.ts'
import { findLatest } from './reuse.ts'
import { dockerfilePath, readContext, readSource, type SignedIn, type Source } from './source.ts'
import type {
  Buildable,
  ImageOptions,
  ImagePorts,
  ImageRequest,
  PreparedImage,
  Story,
} from './story.ts'

/**
 * Gets the image ready, up to the push: the one that is named, the one that the same source gave
 * before, or a new one that has passed the gate.
 *
 * @throws ActionError IMAGE_*, GCP_*
 */
export async function prepareImage(
  ports: ImagePorts,
  request: ImageRequest,
  options: ImageOptions
): Promise<PreparedImage> {
  if (request.image !== undefined) {
    const repository = (await options.repository) ?? options.fallback
    return {
      kind: 'existing',
      image: await resolveExisting(ports.google, request.image, { repository }),
    }
  }
  const story = { ports, request, options }
  const { steps } = options
  const ready = await steps.time('image', () => lookForKnown(story))
  return 'kind' in ready ? ready : build(story, ready)
}

const HINT_ABOUT_GIT =
  'The build context holds .git, which is another one in every checkout: with a line `**/.git` in .dockerignore the image can be found again.'

type Known = Extract<PreparedImage, { kind: 'known' }>

async function lookForKnown(story: Story): Promise<Known | Buildable> {
  const { ports, request, options } = story
  const { signal } = options
  const [builder, eager, allowed] = await Promise.all([
    findBuilder(ports.commands, signal),
    readContext(ports, request, { builder: 'buildkit', signal }),
    // Without such a file nothing is allowed.
    ports.files.read(ALLOW_LIST_FILE).catch(() => ''),
  ])
  const context = builder.hasBuildx
    ? eager
    : await readContext(ports, request, { builder: 'classic', signal })
  const allowList = parseAllowList(allowed)
  if (context.entries.some(({ path }) => path === '.git' || path.endsWith('/.git')))
    ports.log.info(HINT_ABOUT_GIT)
  // What is known has passed the gate already: then nobody waits for it.
  const dispensable = new AbortController()
  const either = AbortSignal.any([signal, dispensable.signal])
  const guarded = guardContext(story, { context, allowList, signal: either })
  guarded.catch(() => undefined)
  const signedIn = signIn(story)
  const read = (found: BuildContext, within: AbortSignal): Promise<Source> =>
    readSource(ports, request, { builder, context: found, allowed, signedIn, signal: within })
  const [source, repository] = await Promise.all([read(context, signal), options.repository])
  const { known, isStale } = await findKnown(story, source, repository)
  // A warning is to be given every time.
  if (known && request.secretScan === 'block') dispensable.abort()
  else await guarded
  if (known) return known
  const readAgain = async (within: AbortSignal): Promise<Source> => {
    const kind = builder.hasBuildx ? 'buildkit' : 'classic'
    return read(await readContext(ports, request, { builder: kind, signal: within }), within)
  }
  return { builder, source, allowList, signedIn, readAgain, repository, isStale }
}

/** A base image of the project itself needs no login of the user's. */
function signIn({ ports, options }: Story): SignedIn {
  const { host } = options.fallback
  return async (images, work) => {
    if (!images.some(({ name }) => parseImageName(name)?.host === host)) return work(undefined)
    const login = { host, token: await ports.tokens.accessToken() }
    const directory = `${options.workDirectory}/look-up-${randomUUID()}`
    return withLogin(ports, { directory, ...login }, work)
  }
}

async function guardContext(
  { ports, request }: Story,
  {
    context,
    ...options
  }: { readonly context: BuildContext; readonly allowList: AllowList; readonly signal: AbortSignal }
): Promise<void> {
  if (request.secretScan === 'off') return
  const findings = await scanContext(ports.tree, context, {
    ...options,
    folder: request.context,
    dockerfile: dockerfilePath(request),
  })
  guardFindings(request.secretScan, findings, 'context', ports.log)
  const files = context.entries.filter(({ kind }) => kind === 'file').length
  if (findings.length === 0)
    ports.log.info(`No secrets in the build context (${counted(files, 'file')}).`)
}

async function findKnown(
  { ports, request }: Story,
  { address }: Source,
  repository: ImageRepository | undefined
): Promise<{ readonly known?: Known; readonly isStale: boolean }> {
  const { google, clock, log } = ports
  if ('unaddressable' in address) {
    for (const reason of address.unaddressable) log.info(`It has to be built: ${reason}`)
    return { isStale: false }
  }
  if (repository === undefined) return { isStale: false }
  const latest = await findLatest(google, repository, { ...address, nowMs: clock.now() })
  if (latest === undefined) return { isStale: false }
  const age = renderDuration(latest.ageMs)
  if (latest.ageMs >= request.rebuildAfterMs) {
    log.info(`The image of this source is ${age} old: it is built anew, every step of it.`)
    return { isStale: true }
  }
  const { digest } = latest
  log.info(`The registry has the image of this source, built ${age} ago: ${digest}`)
  return { known: { kind: 'known', repository, digest }, isStale: false }
}
