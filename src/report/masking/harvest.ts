import { asList, asRecord, isRecord, parseJson } from '../../lib/json.ts'

const DEEPEST = 200

/**
 * Collects every value that the plan marks as sensitive, anywhere: a provider may copy it to an
 * attribute that is not marked (terraform#35609), so marks alone hide too little.
 */
export function harvestSecrets(
  json: unknown,
  sensitiveVariables: readonly string[]
): ReadonlySet<string> {
  const plan = asRecord(json)
  const found = new Set<string>()
  const collect = (value: unknown): void => collectScalars(value, found, DEEPEST)
  const marked = (value: unknown, marks: unknown): void => collectMarked(value, marks, collect)
  for (const list of ['resource_changes', 'resource_drift']) {
    for (const item of asList(plan[list])) markedChange(asRecord(asRecord(item)['change']), marked)
  }
  for (const change of Object.values(asRecord(plan['output_changes'])))
    markedChange(asRecord(change), marked)
  for (const item of asList(plan['deferred_changes'])) {
    markedChange(asRecord(asRecord(asRecord(item)['resource_change'])['change']), marked)
  }
  for (const invocation of asList(plan['action_invocations'])) {
    marked(asRecord(invocation)['config_values'], asRecord(invocation)['config_sensitive'])
  }
  states(plan).forEach((state) => {
    markedState(asRecord(state), { marked, collect })
  })
  markedVariables(plan, sensitiveVariables, collect)
  return found
}

type Marked = (value: unknown, marks: unknown) => void
type Collect = (value: unknown) => void

function markedChange(change: ReturnType<typeof asRecord>, marked: Marked): void {
  // Terraform's rule: hidden when sensitive before or after, so a mark counts for both sides.
  for (const side of ['before', 'after']) {
    marked(change[side], change['before_sensitive'])
    marked(change[side], change['after_sensitive'])
  }
}

function states(plan: ReturnType<typeof asRecord>): readonly unknown[] {
  return [asRecord(plan['prior_state'])['values'], plan['planned_values']]
}

/** Data sources that were read already are nowhere but in the state. */
function markedState(
  state: ReturnType<typeof asRecord>,
  { marked, collect }: { readonly marked: Marked; readonly collect: Collect }
): void {
  for (const output of Object.values(asRecord(state['outputs']))) {
    if (asRecord(output)['sensitive'] === true) collect(asRecord(output)['value'])
  }
  const modules = [asRecord(state['root_module'])]
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    for (const resource of asList(module['resources']).map(asRecord)) {
      marked(resource['values'], resource['sensitive_values'])
    }
    modules.push(...asList(module['child_modules']).map(asRecord))
  }
}

function markedVariables(
  plan: ReturnType<typeof asRecord>,
  names: readonly string[],
  collect: Collect
): void {
  const declared = asRecord(asRecord(asRecord(plan['configuration'])['root_module'])['variables'])
  const isSensitive = (name: string): boolean =>
    names.includes(name) || asRecord(declared[name])['sensitive'] === true
  // The plan holds them in plain text.
  for (const [name, variable] of Object.entries(asRecord(plan['variables']))) {
    if (isSensitive(name)) collect(asRecord(variable)['value'])
  }
  for (const [name, variable] of Object.entries(declared)) {
    if (isSensitive(name)) collect(asRecord(variable)['default'])
  }
}

function collectMarked(value: unknown, marks: unknown, collect: Collect, depth = DEEPEST): void {
  if (marks === true || depth === 0) {
    collect(value)
  } else if (Array.isArray(marks)) {
    const values = asList(value)
    marks.forEach((mark, index) => {
      collectMarked(values[index], mark, collect, depth - 1)
    })
  } else if (isRecord(marks)) {
    const members = asRecord(value)
    for (const [key, mark] of Object.entries(marks))
      collectMarked(members[key], mark, collect, depth - 1)
  }
}

/** A secret and its parts: lines, and what it holds as JSON. */
export function collectSecret(secret: string, found: Set<string>): void {
  collectScalars(secret, found, DEEPEST)
}

function collectScalars(value: unknown, found: Set<string>, depth: number): void {
  if (depth === 0) return
  if (typeof value === 'string') collectText(value, found)
  else if (typeof value === 'number') addIfTelling(String(value), found)
  else if (Array.isArray(value)) for (const item of value) collectScalars(item, found, depth - 1)
  else if (isRecord(value))
    for (const item of Object.values(value)) collectScalars(item, found, depth - 1)
}

function collectText(text: string, found: Set<string>): void {
  addIfTelling(text, found)
  addIfTelling(text.trim(), found)
  if (text.includes('\n')) {
    for (const line of text.split(/\r?\n/))
      if (line.trim().length >= 8) addIfTelling(line.trim(), found)
  }
  if (/^\s*[{[]/.test(text)) {
    const inner = parseJson(text)
    if (inner !== undefined) collectScalars(inner, found, 20)
  }
}

/**
 * A mark on a whole map also covers its harmless members: hiding every `info`, `8080` or `true` of
 * the plan would hide the ports from the reviewer, so short plain words and numbers do not count.
 */
function addIfTelling(text: string, found: Set<string>): void {
  if (text.length < 4) return
  if (/^([a-z]{1,7}|[A-Z]{1,7}|[A-Z][a-z]{1,6}|-?\d{1,5})$/.test(text)) return
  found.add(text)
}
