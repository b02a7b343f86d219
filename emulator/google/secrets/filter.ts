import { GoogleError } from '../errors.ts'
import { objectOf, textOf } from '../route.ts'
import type { Secret, VersionState } from './store.ts'

// As much of https://cloud.google.com/secret-manager/docs/filtering as is asked here; anything else is
// refused, so that no filter is ever taken for one that lets all through.

/** Versions by state: `state:ENABLED`, `state=ENABLED`, `state:(ENABLED OR DISABLED)`. */
export function versionFilter(filter: string): (state: VersionState) => boolean {
  if (filter.trim() === '') return () => true
  const [, one, several = one] = /^state[:=](?:(\w+)|\(([\w\s]+)\))$/i.exec(filter.trim()) ?? []
  if (several === undefined) throw invalid(filter)
  const wanted = several.toUpperCase().split(/\s+OR\s+/)
  return (state) => wanted.includes(state)
}

/** Secrets by labels and name, all of which must fit: `labels.app=web AND name:key`. */
export function secretFilter(filter: string): (secret: Secret) => boolean {
  if (filter.trim() === '') return () => true
  const terms = filter
    .trim()
    .split(/\s+AND\s+/)
    .map((term) => secretTerm(term, filter))
  return (secret) => terms.every((fits) => fits(secret))
}

function secretTerm(term: string, filter: string): (secret: Secret) => boolean {
  const [, label, sign, value = ''] = /^(?:labels\.([\w-]+)|name)([:=])([\w-]+)$/.exec(term) ?? []
  if (sign === undefined) throw invalid(filter)
  // A colon asks for a part of the text, an equals sign for the whole.
  const fits = (text: string | undefined): boolean =>
    text !== undefined && (sign === '=' ? text === value : text.includes(value))
  return ({ id, fields }) =>
    fits(label === undefined ? id : textOf(objectOf(fields, 'labels'), label))
}

function invalid(filter: string): GoogleError {
  return new GoogleError(400, `Invalid filter: ${filter}`)
}
