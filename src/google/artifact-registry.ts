import { asList, asRecord, asText, type JsonRecord } from '../lib/json.ts'
import type { GoogleClient } from './client.ts'
import { type GoogleFailure, readFailure } from './diagnosis/failure.ts'

/** One image of a Docker repository of the project; Artifact Registry calls it a package. */
export interface ImagePackage {
  readonly repositoryId: string
  /** May hold slashes. */
  readonly image: string
}

/** A tag, and the manifest that it leads to. */
export interface RegistryTag {
  readonly name: string
  readonly digest: string
}

/** `absent`: it was not there. A refusal is an answer here, whatever its reason. */
export type TagDeletion = 'deleted' | 'absent' | GoogleFailure

const TAGS_PER_PAGE = '1000'

/**
 * Tags of images in the project's repositories of one region. The Docker protocol could delete a tag
 * too, but leaves it to each registry whether its manifest goes with it; this API says that it stays
 * (https://cloud.google.com/artifact-registry/docs/reference/rest/v1/projects.locations.repositories.packages.tags/delete).
 */
export class ArtifactRegistry {
  readonly #google: GoogleClient
  readonly #location: string

  constructor(
    google: GoogleClient,
    { projectId, region }: { readonly projectId: string; readonly region: string }
  ) {
    this.#google = google
    this.#location = `projects/${projectId}/locations/${region}`
  }

  /** All tags; none where there is no such image or repository. */
  async listTags(image: ImagePackage): Promise<readonly RegistryTag[]> {
    const tags: RegistryTag[] = []
    let pageToken = ''
    do {
      const answer = await this.#google.request({
        service: 'artifactregistry',
        method: 'GET',
        path: `${this.#pathOf(image)}/tags`,
        query: {
          pageSize: TAGS_PER_PAGE,
          fields: 'nextPageToken,tags(name,version)',
          ...(pageToken !== '' && { pageToken }),
        },
        purpose: `list the tags of ${image.repositoryId}/${image.image}`,
        accept: [404],
      })
      if (answer.status === 404) return []
      const page = asRecord(answer.json)
      for (const tag of asList(page['tags'])) tags.push(readTag(asRecord(tag)))
      pageToken = asText(page['nextPageToken'])
    } while (pageToken !== '')
    return tags
  }

  /** When a manifest was last pushed or tagged; undefined where nobody says so. */
  async fetchUpdatedAtMs(image: ImagePackage, digest: string): Promise<number | undefined> {
    const answer = await this.#google.request({
      service: 'artifactregistry',
      method: 'GET',
      path: `${this.#pathOf(image)}/versions/${digest}`,
      purpose: `read ${image.repositoryId}/${image.image}@${digest}`,
      accept: [404],
    })
    const updatedAtMs = Date.parse(asText(asRecord(answer.json)['updateTime']))
    return Number.isNaN(updatedAtMs) ? undefined : updatedAtMs
  }

  /** Takes the tag away; the image stays, and so do its other tags. */
  async deleteTag(image: ImagePackage, tag: string): Promise<TagDeletion> {
    const answer = await this.#google.request({
      service: 'artifactregistry',
      method: 'DELETE',
      path: `${this.#pathOf(image)}/tags/${encodeURIComponent(tag)}`,
      purpose: `delete the tag ${tag} of ${image.repositoryId}/${image.image}`,
      accept: [400, 403, 404],
    })
    if (answer.status < 300) return 'deleted'
    return answer.status === 404 ? 'absent' : readFailure(answer.status, answer.text)
  }

  #pathOf({ repositoryId, image }: ImagePackage): string {
    return `${this.#location}/repositories/${repositoryId}/packages/${encodeURIComponent(image)}`
  }
}

function readTag(tag: JsonRecord): RegistryTag {
  return { name: lastPart(asText(tag['name'])), digest: lastPart(asText(tag['version'])) }
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
