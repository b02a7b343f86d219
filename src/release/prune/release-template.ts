import type { ListedTemplate } from '../../google/compute/template-list.ts'
import { asRecord, asText, parseJson } from '../../lib/json.ts'

/** An instance template that this action made for a release. */
export interface ReleaseTemplate {
  readonly id: string
  readonly name: string
  /** `…@sha256:…` */
  readonly image: string
  readonly createdAtMs: number | undefined
}

const ID = '[0-9a-f]{12}'

/** What the names of all release templates of a service match, and next to no others. */
export function namePattern(service: string): string {
  return `${service}-${ID}`
}

/**
 * The release behind a template; undefined for every template that is not ours beyond doubt: name,
 * label and description must all three say so. What somebody copied or renamed is theirs.
 */
export function readReleaseTemplate(
  service: string,
  { name, labels, description, createdAtMs }: ListedTemplate
): ReleaseTemplate | undefined {
  const id = name.slice(service.length + 1)
  if (!new RegExp(`^${namePattern(service)}$`).test(name) || labels['release'] !== id) {
    return undefined
  }
  const { image, isOurs } = readDescription(description)
  return isOurs ? { id, name, image, createdAtMs } : undefined
}

/** What a release's template says of its image; empty where it says nothing. */
export function imageOfTemplate({ description }: Pick<ListedTemplate, 'description'>): string {
  return readDescription(description).image
}

function readDescription(description: string): {
  readonly image: string
  readonly isOurs: boolean
} {
  const told = asRecord(parseJson(description))
  const image = asText(told['image'])
  const isOurs = image !== '' && asText(told['base']) !== '' && typeof told['commit'] === 'string'
  return { image, isOurs }
}
