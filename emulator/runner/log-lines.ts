import { Masks } from './masks.ts'

/** What the runner makes of one line of a step's output. */
export type LogLine =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly title: string }
  | { readonly kind: 'endgroup' }
  | { readonly kind: 'debug'; readonly text: string }
  | {
      readonly kind: 'annotation'
      readonly level: 'error' | 'warning' | 'notice'
      readonly title: string
      readonly text: string
      /** `file:line`, where it belongs to a line of the repository. */
      readonly place?: string
    }

/** What GitHub shows beside the run, and in the file that it belongs to. */
export type Annotation = Extract<LogLine, { kind: 'annotation' }>

const COMMAND = /^\s*::([^\s:]+)(?: ([^:]*))?::(.*)$/s

/** Turns a step's output into lines, hiding whatever is masked. */
export class LogReader {
  readonly #masks: Masks
  /** Ends the time in which commands are only text. */
  #resumeToken: string | undefined

  /** Steps of a job share their masks. */
  constructor(masks = new Masks()) {
    this.#masks = masks
  }

  /** Undefined for commands that only change the runner's state. */
  read(raw: string): LogLine | undefined {
    const [, command, properties = '', data = ''] = COMMAND.exec(raw) ?? []
    if (this.#resumeToken !== undefined) {
      if (command === this.#resumeToken) this.#resumeToken = undefined
      return { kind: 'text', text: this.hide(raw) }
    }
    const text = this.hide(decode(data))
    switch (command) {
      case 'add-mask':
        this.#masks.add(decode(data))
        return undefined
      case 'stop-commands':
        this.#resumeToken = data
        return { kind: 'text', text: this.hide(raw) }
      case 'echo':
      case 'add-matcher':
      case 'remove-matcher':
        return undefined
      case 'group':
        return { kind: 'group', title: text }
      case 'endgroup':
        return { kind: 'endgroup' }
      case 'debug':
        return { kind: 'debug', text }
      case 'error':
      case 'warning':
      case 'notice':
        return {
          kind: 'annotation',
          level: command,
          title: this.hide(property(properties, 'title')),
          text,
          ...placeOf(properties),
        }
      default:
        return { kind: 'text', text: this.hide(raw) }
    }
  }

  hide(text: string): string {
    return this.#masks.hide(text)
  }
}

function placeOf(properties: string): { readonly place?: string } {
  const [file, line] = [property(properties, 'file'), property(properties, 'line')]
  return file === '' ? {} : { place: `${file}:${line}` }
}

function property(properties: string, name: string): string {
  const found = properties.split(',').find((pair) => pair.startsWith(`${name}=`)) ?? ''
  return decode(found.slice(name.length + 1))
}

function decode(text: string): string {
  return text
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}
