import { prepareImage } from '../../image/image.ts'
import { type PublishedImage, publishImage } from '../../image/publish.ts'
import { type ImageRepository, imageRepository } from '../../image/reference.ts'
import type { ImageOptions, PreparedImage } from '../../image/story.ts'
import { abortable } from '../../lib/abortable.ts'
import { asText } from '../../lib/json.ts'
import { readLastOutputs } from '../../terraform/last-outputs.ts'
import type { Story } from './story.ts'

/** The image, up to the push. @throws ActionError IMAGE_*, GCP_* */
export async function prepare(story: Story, signal: AbortSignal): Promise<PreparedImage> {
  const { config, ports } = story
  // Long before terraform is ready, the state tells where the images are.
  const repository = abortable(signal, async () => {
    const outputs = await readLastOutputs(ports.store, config.name)
    const repositoryId = asText(outputs['repository_id'])
    return repositoryId === '' ? undefined : repositoryOf(story, repositoryId)
  })
  // Asked for once the source is known, unless that fails before.
  repository.catch(() => undefined)
  const fallback = repositoryOf(story, config.name)
  const log = ports.log.labelled('image')
  const prepared = await prepareImage({ ...ports, log }, config, {
    ...commonOptions(story, signal),
    repository,
    fallback,
  })
  story.chronicle.note({ imageOrigin: prepared.kind })
  return prepared
}

function commonOptions(
  { context, steps }: Story,
  signal: AbortSignal
): Omit<ImageOptions, 'repository' | 'fallback'> {
  const { provenance, sourceUrl, workDirectory } = context
  return {
    commit: provenance.commit,
    sourceUrl,
    workDirectory,
    steps,
    signal,
  }
}

/** Where the images of the service are. */
export function repositoryOf(
  { config, context }: Pick<Story, 'config' | 'context'>,
  repositoryId: string
): ImageRepository {
  const { projectId, name } = config
  return imageRepository(context.registryHost, { projectId, repositoryId, name })
}

/** The image where the VMs find it. @throws ActionError IMAGE_*, GCP_* */
export async function publish(
  story: Story,
  prepared: PreparedImage,
  { repositoryId, signal }: { readonly repositoryId: string; readonly signal: AbortSignal }
): Promise<PublishedImage> {
  const { config, ports, context } = story
  const log = ports.log.labelled('image')
  const published = await publishImage({ ...ports, log }, config, {
    ...commonOptions(story, signal),
    prepared,
    home: repositoryOf(story, repositoryId),
    projectId: config.projectId,
    registryUrl: context.registryUrl,
  })
  story.chronicle.note({ image: published.reference })
  return published
}
