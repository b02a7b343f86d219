import { asNumber, asRecord, asText } from '../../lib/json.ts'
import { type Marker, parseMarker } from '../marker.ts'
import type { Sighting } from './step.ts'

/** Which texts are meant. */
export type Subject = Pick<Marker, 'kind' | 'name'>

/**
 * Those of GitHub's comments or issues that `login` wrote for the subject. A marker in somebody
 * else's text is worth nothing: anyone may copy one.
 */
export function readSightings(
  items: readonly unknown[],
  { kind, name }: Subject,
  login: string
): readonly Sighting[] {
  return items.flatMap((item) => {
    const { id, number, body, user, updated_at: updatedAt, html_url: url } = asRecord(item)
    const generation = parseMarker(asText(body))
    const isOurs = asText(asRecord(user)['login']).toLowerCase() === login.toLowerCase()
    if (!isOurs || generation?.kind !== kind || generation.name !== name) return []
    const updatedAtMs = Date.parse(asText(updatedAt)) || 0
    const handle = asNumber(number) ?? asNumber(id) ?? 0
    return [{ id: handle, body: asText(body), generation, updatedAtMs, url: asText(url) }]
  })
}
