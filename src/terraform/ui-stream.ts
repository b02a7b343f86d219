import { asNumber, asRecord, asText, type JsonRecord, parseJson } from '../lib/json.ts'

/** One of terraform's own errors or warnings. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly summary: string
  readonly detail: string
  readonly address: string
  /** Relative to the configuration; empty when it belongs to no line. */
  readonly file: string
  /** From 1; 0 when it belongs to no line. */
  readonly line: number
}

/** What one line of terraform's `-json` output means to a person; undefined: nothing. */
export type UiEvent = { readonly diagnostic: Diagnostic } | { readonly line: string } | undefined

const VERBS: Readonly<Record<string, readonly [doing: string, done: string]>> = {
  create: ['creating', 'created'],
  update: ['changing', 'changed'],
  delete: ['destroying', 'destroyed'],
  replace: ['replacing', 'replaced'],
}

/**
 * Reads the machine-readable UI (https://developer.hashicorp.com/terraform/internals/machine-readable-ui):
 * the only output of plan and apply that terraform promises to keep.
 */
export function readUiLine(text: string): UiEvent {
  const event = asRecord(parseJson(text))
  switch (event['type']) {
    case 'diagnostic':
      return { diagnostic: readDiagnostic(asRecord(event['diagnostic'])) }
    case 'planned_change':
      return plannedChange(asRecord(event['change']))
    case 'apply_start':
      return hookLine(asRecord(event['hook']), 0)
    case 'apply_complete':
      return hookLine(asRecord(event['hook']), 1)
    default:
      return undefined
  }
}

/** A diagnostic as one paragraph, terraform's own words first. */
export function renderDiagnostic({ summary, detail, address, file, line }: Diagnostic): string {
  const place = line > 0 ? `${file}:${line}` : ''
  const where = [address, place].filter((part) => part !== '').join(' at ')
  return [where === '' ? summary : `${summary} (${where})`, detail]
    .filter((part) => part !== '')
    .join('\n')
}

function readDiagnostic(diagnostic: JsonRecord): Diagnostic {
  const range = asRecord(diagnostic['range'])
  return {
    severity: diagnostic['severity'] === 'warning' ? 'warning' : 'error',
    summary: asText(diagnostic['summary']),
    detail: asText(diagnostic['detail']),
    address: asText(diagnostic['address']),
    file: asText(range['filename']),
    line: asNumber(asRecord(range['start'])['line']) ?? 0,
  }
}

function plannedChange(change: JsonRecord): UiEvent {
  const verb = VERBS[asText(change['action'])]
  if (!verb) return undefined
  return { line: `${asText(asRecord(change['resource'])['addr'])}: to be ${verb[1]}` }
}

function hookLine(hook: JsonRecord, tense: 0 | 1): UiEvent {
  const verb = VERBS[asText(hook['action'])]
  if (!verb) return undefined
  const seconds = asNumber(hook['elapsed_seconds'])
  const took = tense === 1 && seconds !== undefined && seconds > 0 ? ` after ${seconds} s` : ''
  return { line: `${asText(asRecord(hook['resource'])['addr'])}: ${verb[tense]}${took}` }
}
