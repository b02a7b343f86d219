import { asList, asRecord, asText, type JsonRecord } from '../../../lib/json.ts'

/** One line of an image's history. */
export interface Step {
  /** As the builder wrote it down, the values of build arguments included. */
  readonly createdBy: string
  /** The instruction, such as `COPY`; `RUN` where no other is named. */
  readonly instruction: string
  /** What stands behind it, without the build arguments of a `RUN`. */
  readonly rest: string
  /** `NAME=value` each, of a `RUN`. */
  readonly buildArgs: readonly string[]
  /** Counted from 0; undefined for a step that made no layer. */
  readonly layer: number | undefined
}

/** Reads the history of an image's config; empty where the builder wrote none. */
export function readHistory(config: JsonRecord): readonly Step[] {
  let layers = 0
  return asList(config['history'])
    .map(asRecord)
    .map((entry) => ({
      ...parseStep(asText(entry['created_by'])),
      layer: entry['empty_layer'] === true ? undefined : layers++,
    }))
}

const INSTRUCTIONS =
  /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\b/
/** How the classic builder marks what is no command. */
const NO_COMMAND = /^\/bin\/sh -c #\(nop\)\s*/
const BUILDKIT = / # buildkit$/
/** How the classic builder writes what it copies. */
const SUM = /^(?:file|dir|multi):[0-9a-f]{64} in /
/** The shell that a step's command was given to. */
const SHELL = /(?:^|\s)\/\S*sh(?: \S+){0,4}? -\w*c /

function parseStep(createdBy: string): Omit<Step, 'layer'> {
  const text = createdBy.replace(NO_COMMAND, '').replace(BUILDKIT, '').trim()
  const instruction = INSTRUCTIONS.exec(text)?.[0] ?? 'RUN'
  const behind = text.startsWith(instruction) ? text.slice(instruction.length).trim() : text
  if (instruction !== 'RUN') {
    return { createdBy, instruction, rest: behind.replace(SUM, '… '), buildArgs: [] }
  }
  const shell = SHELL.exec(behind)
  const end = shell ? shell.index : behind.length
  const buildArgs = splitBuildArgs(behind.slice(0, end))
  // Without a known shell it cannot be told where the last value of an argument ends.
  const rest = shell ? behind.slice(end + shell[0].length) : buildArgs.length > 0 ? '' : behind
  return { createdBy, instruction, rest, buildArgs }
}

/** `|2 A=1 B=2 3`, as both builders write it: the count, then the arguments, nothing quoted. */
function splitBuildArgs(text: string): readonly string[] {
  return /^\|\d+ /.test(text) ? text.replace(/^\|\d+ /, '').split(/ (?=[A-Za-z_]\w*=)/) : []
}

const MAX_SHOWN = 60

/**
 * A step in a few words, without the values of arguments and settings. With `hasSecret` only what
 * no secret can be part of is shown: a cut may leave of a secret what no rule knows any more.
 */
export function renderStep({ instruction, rest }: Step, hasSecret: boolean): string {
  if (hasSecret || NAMED.has(instruction)) return `${instruction} ${harmless(instruction, rest)}`
  const line = rest.replace(/\s+/g, ' ')
  const shown = line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line
  return `${instruction} ${shown}`.trim()
}

/** What follows these is a name, and then a value. */
const NAMED = new Set(['ARG', 'ENV', 'LABEL'])

function harmless(instruction: string, rest: string): string {
  const first = NAMED.has(instruction) ? /^[\w.-]{1,60}(?==)/ : /^[a-z][a-z-]{0,19}(?= |$)/
  const name = first.exec(rest)?.[0] ?? ''
  return `${name} …`.trim()
}
