import { ActionError } from '../errors.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { together } from '../lib/together.ts'
import type { Annotation } from '../ports.ts'
import { findBaseLayers } from './bases/layers.ts'
import { type BuiltImage, buildImage } from './build/build.ts'
import type { Builder } from './build/builder.ts'
import { cacheTag } from './build/cache.ts'
import { type CheckFinding, checkDockerfile } from './build/checks.ts'
import type { BuildOptions } from './build/command.ts'
import { settleBuild } from './build-settings.ts'
import { guardFindings, scanImage, warnOfAllowList } from './gate/gate.ts'
import { engineImage, layoutFile } from './gate/image/source.ts'
import { buildTag, sourceTag } from './reference.ts'
import type { Buildable, ImagePorts, PreparedImage, Story } from './story.ts'

/** Builds the image, and lets it pass only without secrets. @throws ActionError IMAGE_* */
export async function build(story: Story, ready: Buildable): Promise<PreparedImage> {
  const { ports, options } = story
  const { steps, signal } = options
  const { builder, source } = ready
  const startedAtMs = ports.clock.now()
  const layersTag = cacheTag(startedAtMs, story.request.rebuildAfterMs)
  const settings = await settleBuild(story, ready, layersTag)
  const log = ports.log.labelled('docker')
  const [image, baseLayers] = await steps.time('build', () =>
    together(
      signal,
      (either) => buildChecked({ ...ports, log }, builder, { ...settings, signal: either }),
      (either) =>
        ready.signedIn(source.reading.finalBases, (env) =>
          findBaseLayers(ports.commands, source.reading.finalBases, {
            bases: source.bases,
            signal: either,
            env,
          })
        )
    )
  )
  const id = image.kind === 'engine' ? image.imageId : image.digest
  log.info(`Built ${id}`)
  const [, isUnchanged] = await steps.time('scan', () =>
    together(
      signal,
      (either) => guardImage(story, ready, { image, baseLayers: baseLayers ?? [], signal: either }),
      (either) => isSourceUnchanged(story, ready, either)
    )
  )
  const { address } = source
  const hasName = 'address' in address && isUnchanged
  return {
    kind: 'built',
    builder,
    options: settings,
    image,
    tag: hasName ? sourceTag(address.address, startedAtMs) : buildTag(id),
    // Layers of files that changed meanwhile are not those that the gate has seen.
    cacheTag: isUnchanged ? layersTag : undefined,
  }
}

/** What BuildKit's checks find is shown at its line, and stops nothing. */
async function buildChecked(
  ports: ImagePorts,
  builder: Builder,
  options: BuildOptions
): Promise<BuiltImage> {
  const [image, findings] = await together(
    options.signal,
    (signal) => buildImage(ports, builder, { ...options, signal }),
    (signal) => checkDockerfile(ports, builder, { ...options, signal })
  )
  for (const finding of findings) ports.log.annotate(toAnnotation(finding))
  return image
}

/** What changed while the builder read it would be found under another's name. */
async function isSourceUnchanged(
  { ports }: Story,
  { source, readAgain }: Buildable,
  signal: AbortSignal
): Promise<boolean> {
  if ('unaddressable' in source.address) return true
  const again = await readAgain(signal).catch((error: unknown) => {
    if (error instanceof ActionError && error.code === 'IMAGE_CONTEXT') return undefined
    throw error
  })
  if (again && canonicalJson(again.address) === canonicalJson(source.address)) return true
  ports.log.warning(
    'The build context or a base image changed while it was built, so the next deploy builds it again. ' +
      'If a Terraform configuration stands in the context, that does it: commit its .terraform.lock.hcl, or leave it out by .dockerignore.'
  )
  return false
}

async function guardImage(
  { ports, request }: Story,
  { allowList }: Buildable,
  {
    image,
    baseLayers,
    signal,
  }: {
    readonly image: BuiltImage
    readonly baseLayers: readonly string[]
    readonly signal: AbortSignal
  }
): Promise<void> {
  if (request.secretScan === 'off') return
  const { streams, log } = ports
  const source =
    image.kind === 'engine' ? engineImage(streams, image.imageId) : layoutFile(streams, image.path)
  const findings = await scanImage(source, { baseLayers, allowList, signal })
  guardFindings(request.secretScan, findings, 'image', log)
  if (findings.length === 0) log.info('No secrets in what the image adds to its base.')
  warnOfAllowList(allowList, log)
}

function toAnnotation({ rule, message, file, line, url }: CheckFinding): Annotation {
  const words = [message, url].filter((part) => part !== '').join('\n')
  return { severity: 'warning', title: `Build check ${rule}`, message: words, file, line }
}
