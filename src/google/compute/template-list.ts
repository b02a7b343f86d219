import { asRecord, asText, type JsonRecord } from '../../lib/json.ts'

/** A template as a list tells it: without what VMs are made of, which fills pages. */
export interface ListedTemplate {
  readonly name: string
  readonly description: string
  readonly labels: JsonRecord
  /** Undefined when Google's time cannot be read. */
  readonly createdAtMs: number | undefined
}

/** Exactly what is read; each template's metadata holds whole scripts, which would be megabytes. */
export const TEMPLATE_LIST_FIELDS =
  'nextPageToken,items(name,description,creationTimestamp,properties/labels)'

/** One entry of a list of templates. */
export function readListedTemplate(item: JsonRecord): ListedTemplate {
  const createdAtMs = Date.parse(asText(item['creationTimestamp']))
  return {
    name: asText(item['name']),
    description: asText(item['description']),
    labels: asRecord(asRecord(item['properties'])['labels']),
    createdAtMs: Number.isNaN(createdAtMs) ? undefined : createdAtMs,
  }
}
