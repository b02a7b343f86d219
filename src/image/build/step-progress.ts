import { StringDecoder } from 'node:string_decoder'
import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../lib/json.ts'
import type { Log } from '../../ports.ts'
import {
  LastLines,
  LastWords,
  type Progress,
  type ToldFailure,
  withoutOverwritten,
} from './progress.ts'

interface Step {
  readonly name: string
  readonly last: LastLines
  startedAt: number
  readonly decoder: StringDecoder
  /** The beginning of an output line whose end has not come yet. */
  rest: string
  isRunning: boolean
  isShown: boolean
  error: string
  /** The line that told of its end. */
  ended: string
}

/** A step that goes on for so long is named before it ends. */
const SILENT_MS = 5_000
const LONGEST_NAME = 140

/**
 * Progress as `--progress=rawjson` tells it (client.SolveStatus of moby/buildkit): what each step
 * writes stands below its name, and one line says how long it took.
 */
export class StepProgress implements Progress {
  readonly #log: Log
  readonly #steps = new Map<string, Step>()
  readonly #last = new LastLines()
  readonly #words = new LastWords()
  /** Lines of a JSON value that is not whole yet: buildx 0.13 writes it indented. */
  #pending: string[] = []
  #speaker: Step | undefined

  constructor(log: Log) {
    this.#log = log
  }

  write(line: string): void {
    const isPart = this.#pending.length > 0 || line === '{'
    const status = !isPart && line.startsWith('{') ? parseJson(line) : undefined
    if (isPart) this.#collect(line)
    else if (status === undefined) this.#writeText(line)
    else this.#read(asRecord(status))
  }

  failure(): ToldFailure {
    const steps = [...this.#steps.values()].filter((step) => !isCache(step))
    const failed = steps.filter(({ error }) => error !== '')
    // A step that was stopped because another failed has an error, too; and a builder that went away
    // has told none at all.
    const step =
      failed.find(({ error }) => !error.includes('context canceled')) ??
      failed[0] ??
      steps.findLast(({ isRunning }) => isRunning)
    const lines = step?.last.lines ?? []
    return {
      step: step?.name ?? '',
      lastLines: lines.length > 0 ? lines : this.#last.lines,
      error: this.#words.error || (step?.error ?? ''),
      line: this.#words.line,
    }
  }

  #collect(line: string): void {
    this.#pending.push(line)
    if (line !== '}') return
    this.#read(asRecord(parseJson(this.#pending.join('\n'))))
    this.#pending = []
  }

  #writeText(line: string): void {
    const text = withoutOverwritten(line)
    if (text === '') return
    this.#log.info(text)
    this.#last.add(text)
    this.#words.read(text)
  }

  #read(status: JsonRecord): void {
    for (const vertex of asList(status['vertexes'])) this.#readVertex(asRecord(vertex))
    for (const entry of asList(status['logs'])) this.#readOutput(asRecord(entry))
    for (const entry of asList(status['statuses'])) this.#nameSilent(asRecord(entry))
  }

  #readVertex(vertex: JsonRecord): void {
    const step = this.#stepOf(vertex)
    const startedAt = Date.parse(asText(vertex['started']))
    if (Number.isNaN(startedAt)) return
    if (!step.isRunning) Object.assign(step, { startedAt, isRunning: true })
    const endedAt = Date.parse(asText(vertex['completed']))
    if (Number.isNaN(endedAt)) return
    step.isRunning = false
    this.#writeOutput(step, step.rest)
    step.rest = ''
    step.error = asText(vertex['error'])
    this.#end(step, vertex['cached'] === true ? undefined : endedAt - step.startedAt)
  }

  #stepOf(vertex: JsonRecord): Step {
    const digest = asText(vertex['digest'])
    const known = this.#steps.get(digest)
    if (known) return known
    const step = {
      name: shorten(asText(vertex['name'])),
      last: new LastLines(),
      decoder: new StringDecoder('utf8'),
      startedAt: 0,
      rest: '',
      isRunning: false,
      isShown: false,
      error: '',
      ended: '',
    }
    this.#steps.set(digest, step)
    return step
  }

  #end(step: Step, durationMs: number | undefined): void {
    const took = durationMs === undefined ? 'cached' : `${(durationMs / 1000).toFixed(1)} s`
    const text = `${step.name} (${step.error === '' ? took : `failed after ${took}`})`
    // A base is looked up, then fetched: one step that ends twice.
    if (step.ended === text) return
    step.ended = text
    const isNews = step.isShown || durationMs === undefined || durationMs >= 50 || step.error !== ''
    const isAside = isInternal(step) ? step.error === '' : isCache(step)
    if (isAside) this.#log.debug(text)
    else if (isNews) this.#log.info(text)
    this.#speaker = undefined
  }

  #readOutput(entry: JsonRecord): void {
    const step = this.#steps.get(asText(entry['vertex']))
    if (!step) return
    const text = step.rest + step.decoder.write(Buffer.from(asText(entry['data']), 'base64'))
    const lines = text.split('\n')
    step.rest = lines.pop() ?? ''
    for (const line of lines) this.#writeOutput(step, line)
  }

  #writeOutput(step: Step, line: string): void {
    const text = withoutOverwritten(line)
    if (text === '') return
    if (this.#speaker !== step) this.#log.info(step.isShown ? `${step.name} (goes on)` : step.name)
    this.#speaker = step
    step.isShown = true
    step.last.add(text)
    this.#log.info(`  ${text}`)
  }

  // Transfers tell nothing that is worth a line, but that time goes by.
  #nameSilent(entry: JsonRecord): void {
    const step = this.#steps.get(asText(entry['vertex']))
    const now = Date.parse(asText(entry['timestamp']))
    if (!step?.isRunning || step.isShown || !(now - step.startedAt > SILENT_MS)) return
    step.isShown = true
    this.#log.info(step.name)
  }
}

/** A cache that is not there yet spoils nothing. */
function isCache({ name }: Step): boolean {
  return name.startsWith('importing cache manifest')
}

function isInternal({ name }: Step): boolean {
  return name.startsWith('[internal]')
}

function shorten(name: string): string {
  const line = name.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME - 1)}…` : line
}
