import { isMapping, type Mapping, type Value } from '../expressions/values.ts'

const MAX_LEGS = 256

/**
 * All combinations of a matrix, without those of `exclude`, with those of `include`, in GitHub's order.
 *
 * @throws Error for a vector that is no list, or for more than 256 combinations
 */
export function expandMatrix(matrix: Value): readonly Mapping[] {
  if (!isMapping(matrix)) throw new Error('The matrix must be a mapping.')
  const { include, exclude, ...vectors } = matrix
  const excluded = listOf(exclude)
  const original = combine(vectors).filter(
    (combination) => !excluded.some((pattern) => isWithin(pattern, combination))
  )
  const legs = addIncluded(original, Object.keys(vectors), listOf(include))
  if (legs.length === 0) throw new Error('Matrix must define at least one vector')
  if (legs.length > MAX_LEGS)
    throw new Error(`The matrix has ${legs.length} jobs, more than ${MAX_LEGS}.`)
  return legs
}

function combine(vectors: Mapping): readonly Mapping[] {
  const names = Object.keys(vectors)
  if (names.length === 0) return []
  return names.reduce<readonly Mapping[]>(
    (combinations, name) => {
      const values = vectors[name]
      if (!isList(values)) throw new Error(`Matrix vector '${name}' is not a list.`)
      return combinations.flatMap((one) => values.map((value) => ({ ...one, [name]: value })))
    },
    [{}]
  )
}

// An entry joins each combination whose own values it would not change; one that joins none is
// a combination of its own.
function addIncluded(
  original: readonly Mapping[],
  names: readonly string[],
  entries: readonly Mapping[]
): readonly Mapping[] {
  const extended = original.map((combination) => ({ combination, more: {} as Mapping }))
  const added: Mapping[] = []
  for (const entry of entries) {
    const own = Object.fromEntries(Object.entries(entry).filter(([name]) => names.includes(name)))
    const fitting = extended.filter(({ combination }) => isWithin(own, combination))
    for (const leg of fitting) leg.more = { ...leg.more, ...entry }
    if (fitting.length === 0) added.push(entry)
  }
  return [...extended.map(({ combination, more }) => ({ ...combination, ...more })), ...added]
}

function isWithin(pattern: Mapping, whole: Mapping): boolean {
  return Object.entries(pattern).every(([name, value]) => {
    const other = whole[name]
    if (isMapping(value) && isMapping(other)) return isWithin(value, other)
    return JSON.stringify(value) === JSON.stringify(other)
  })
}

function listOf(value: Value | undefined): readonly Mapping[] {
  return isList(value) ? value.filter(isMapping) : []
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

/** What stands behind the name of a leg's job: `(18, linux)`. */
export function renderLeg(leg: Mapping): string {
  return `(${Object.values(leg).flatMap(textsOf).join(', ')})`
}

function textsOf(value: Value): readonly string[] {
  if (isMapping(value)) return Object.values(value).flatMap(textsOf)
  return isList(value) ? value.flatMap(textsOf) : [String(value ?? '')]
}
