import type { Session } from '../session/session.ts'
import { ProviderError } from '../wire/diagnostics.ts'
import type { Fields, Value } from '../wire/values.ts'

/** Fills `{{name}}` from the resource, else from the provider block. */
export function expand(template: string, fields: Fields, session: Session): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => resolve(name, fields, session))
}

/** The value of one placeholder. @throws ProviderError in the real provider's words when unset. */
export function resolve(name: string, fields: Fields, session: Session): string {
  const own = textOf(fields[name])
  if (own) return name === 'region' || name === 'zone' ? lastSegmentOf(own) : own
  const inherited = inherit(name, session)
  if (inherited) return inherited
  if (name === 'project') throw new ProviderError('project: required field is not set')
  throw new ProviderError(
    `Cannot determine ${name}: set in this resource, or set provider-level '${name}'.`
  )
}

/** The names that a template asks for. */
export function placeholders(template: string): string[] {
  return [...template.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, name]) => name ?? [])
}

/** Reads the placeholders of the first template that the id has the shape of; null when none has. */
export function parseId(templates: readonly string[], id: string): Record<string, string> | null {
  for (const template of templates) {
    const match = patternOf(template).exec(id)
    if (match?.groups) return { ...match.groups }
  }
  return null
}

function inherit(name: string, session: Session): string | undefined {
  if (name === 'project') return session.project
  if (name === 'region' || name === 'location') return session.region
  return name === 'zone' ? session.zone : undefined
}

// Only a project may hold a slash or colon-separated domain; everything else is one segment.
function patternOf(template: string): RegExp {
  const source = template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => `(?<${name}>[^/]+)`)
  return new RegExp(`^${source}$`)
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function lastSegmentOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
