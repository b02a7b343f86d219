import { createHash } from 'node:crypto'
import type { InstanceTemplate } from '../google/compute.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { asList, asRecord, asText, isRecord, type JsonRecord } from '../lib/json.ts'

/** An immutable instance template: the base that Terraform owns, plus image digest and secret versions. */
export interface Release {
  /** First 12 hex digits of the SHA-256 over its properties: equal content is the same release. */
  readonly id: string
  readonly template: Omit<InstanceTemplate, 'selfLink'>
}

/** Where a release comes from; told in its description, never part of its identity. */
export interface Provenance {
  readonly commit: string
  readonly ref: string
  readonly runUrl: string
  readonly actor: string
}

export interface ReleaseParts {
  readonly name: string
  readonly base: InstanceTemplate
  /** `…@sha256:…` */
  readonly image: string
  /** `NAME=secret/version` lines with version numbers; undefined keeps the base's own. */
  readonly secretLines: string | undefined
  readonly provenance: Provenance
}

/** Instance metadata in which the startup script finds what to run. */
const IMAGE_KEY = 'app-image'
const RELEASE_KEY = 'app-release'
const SECRETS_KEY = 'app-secrets'
const NOTICE_KEY = 'app-preemption-notice'

/** Pure: the same parts always give the same release. */
export function makeRelease(parts: ReleaseParts): Release {
  const properties = withMetadata(withoutServerFields(parts.base.properties), {
    [IMAGE_KEY]: parts.image,
    ...preemptionNotice(parts.base.properties),
    ...(parts.secretLines !== undefined && { [SECRETS_KEY]: parts.secretLines }),
  })
  const id = createHash('sha256').update(canonicalJson(properties)).digest('hex').slice(0, 12)
  return {
    id,
    template: {
      name: `${parts.name}-${id}`,
      description: JSON.stringify({
        ...parts.provenance,
        image: parts.image,
        base: parts.base.name,
      }),
      properties: {
        ...withMetadata(properties, { [RELEASE_KEY]: id }),
        labels: { ...asRecord(properties['labels']), release: id },
      },
    },
  }
}

// A VM cannot ask how long a notice it will get, so the seconds that its template asks for are told.
function preemptionNotice(properties: JsonRecord): Readonly<Record<string, string>> {
  const duration = asRecord(asRecord(properties['scheduling'])['preemptionNoticeDuration'])
  const seconds = Number(duration['seconds'] ?? 0)
  return seconds > 0 ? { [NOTICE_KEY]: String(seconds) } : {}
}

const SERVER_FIELDS: ReadonlySet<string> = new Set(['kind', 'fingerprint'])
/** Their keys are the users' own: one of them may be called "kind". */
const USER_MAPS: ReadonlySet<string> = new Set(['labels', 'resourceManagerTags'])

// Fields that the server adds to what it returns: they would make equal templates look different.
function withoutServerFields(value: JsonRecord): JsonRecord {
  const kept = Object.entries(value).filter(([key]) => !SERVER_FIELDS.has(key))
  return Object.fromEntries(
    kept.map(([key, member]) => [key, USER_MAPS.has(key) ? member : cleaned(member)])
  )
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned)
  return isRecord(value) ? withoutServerFields(value) : value
}

/** Sets metadata items; the list is sorted by key, since its order carries no meaning. */
function withMetadata(properties: JsonRecord, set: Readonly<Record<string, string>>): JsonRecord {
  const metadata = asRecord(properties['metadata'])
  const kept = asList(metadata['items'])
    .map(asRecord)
    .filter((item) => !Object.hasOwn(set, asText(item['key'])))
  const items = [...kept, ...Object.entries(set).map(([key, value]) => ({ key, value }))]
  items.sort((a, b) => (asText(a['key']) < asText(b['key']) ? -1 : 1))
  return { ...properties, metadata: { ...metadata, items } }
}
