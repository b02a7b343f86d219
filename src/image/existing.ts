import { ActionError } from '../errors.ts'
import type { GoogleAnswer, GoogleClient } from '../google/client.ts'
import { readFailure } from '../google/diagnosis/failure.ts'
import {
  type ImageName,
  type ImageRepository,
  parseImageName,
  renderImageName,
} from './reference.ts'
import { fetchManifest } from './registry.ts'

/** Where an existing image has to be in the end. */
export interface ExistingOptions {
  readonly repository: ImageRepository
}

/** An image that somebody else built, as it was found. */
export interface ExistingImage {
  readonly digest: string
  /** Where it lies now; it has to be brought over where that is another repository. */
  readonly source: ImageRepository
}

/**
 * Resolves what the input `image` says to a digest that the registry has, and changes nothing.
 *
 * @throws ActionError IMAGE_REFERENCE for what can never be deployed, IMAGE_MISSING, GCP_*
 */
export async function resolveExisting(
  google: GoogleClient,
  text: string,
  options: ExistingOptions
): Promise<ExistingImage> {
  const image = parseDeployable(text.trim(), options)
  const answer = await fetchManifest(google, image, {
    // A digest says exactly what is meant, whatever the tag beside it.
    reference: image.digest ?? image.tag ?? 'latest',
    accept: [400, 401, 403],
  })
  if (answer.status === 404) throw missing(image)
  if (answer.status >= 400) throw unreadable(google, image, answer)
  const digest = answer.headers['docker-content-digest'] ?? image.digest
  if (digest === undefined) throw missing(image)
  return { digest, source: { host: image.host, path: image.path } }
}

function parseDeployable(text: string, { repository }: ExistingOptions): ImageName {
  const image = parseImageName(text)
  const example = `Write ${repository.host}/${repository.path}:TAG, or …@sha256:… with a digest.`
  if (image === undefined || /\s/.test(text)) {
    throw invalid(`The input image is no image reference: "${text}".`, example)
  }
  if (image.host !== repository.host) {
    const why = `The input image names ${image.host}, but the VMs can only pull from ${repository.host}.`
    throw invalid(why, copyHint(text, repository))
  }
  if (image.path.split('/').length < 3) {
    throw invalid(`The input image names no PROJECT/REPOSITORY/IMAGE: "${text}".`, example)
  }
  if (image.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(image.digest)) {
    throw invalid(`The input image has a digest that is no sha256 one: "${text}".`, example)
  }
  return image
}

/** How to copy an image by hand; a tag of its own keeps the registry's cleanup from taking it. */
export function copyHint(source: string, { host, path }: ImageRepository): string {
  const target = `${host}/${path}:imported`
  return [
    `Copy it there first, and name ${target} instead:`,
    `  gcrane cp ${source} ${target}`,
    `or: docker pull ${source} && docker tag ${source} ${target} && docker push ${target}`,
  ].join('\n')
}

function missing(image: ImageName): ActionError {
  const { host, path } = image
  return new ActionError(
    'IMAGE_MISSING',
    `The image ${renderImageName(image)} is not in the registry.`,
    { hint: `See which ones are: gcloud artifacts docker tags list ${host}/${path}` }
  )
}

function unreadable(
  google: GoogleClient,
  image: ImageName,
  { status, text }: GoogleAnswer
): ActionError {
  const { message } = readFailure(status, text)
  const said = `The registry does not show ${renderImageName(image)} (${status}): ${message}`
  if (status === 400) return invalid(said, 'Compare it with what the registry has.')
  if (status === 401) {
    const hint = 'The registry does not take the token of this job: does its identity still exist?'
    return new ActionError('IMAGE_MISSING', said, { hint })
  }
  const [project, repository] = ownerOf(image)
  const location = /^(.+)-docker\.pkg\.dev$/.exec(image.host)?.[1] ?? 'LOCATION'
  const permission = 'artifactregistry.repositories.downloadArtifacts'
  const resource = `projects/${project}/locations/${location}/repositories/${repository}`
  const details = { permission, resource }
  const hint = google.fixFor({ status: 403, reason: 'DENIED', message, details })
  return new ActionError('IMAGE_MISSING', said, { hint })
}

/** A project of a domain takes two parts of the path. */
function ownerOf({ path }: ImageRepository): readonly [project: string, repository: string] {
  const [first = '', second = '', third = ''] = path.split('/')
  return first.includes('.') ? [`${first}:${second}`, third] : [first, second]
}

function invalid(message: string, hint: string): ActionError {
  return new ActionError('IMAGE_REFERENCE', message, { hint })
}
