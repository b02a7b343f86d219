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

const COMMAND = /^\s*::([a-z-]+)(?: ([^:]*))?::(.*)$/s

/** Turns a step's output into lines, hiding whatever was registered by `::add-mask::`. */
export class LogReader {
  readonly #masks = new Set<string>()

  /** Undefined for commands that only change the runner's state. */
  read(raw: string): LogLine | undefined {
    const [, command, properties = '', data = ''] = COMMAND.exec(raw) ?? []
    if (command === 'add-mask') {
      this.#masks.add(decode(data))
      return undefined
    }
    const text = this.hide(decode(data))
    switch (command) {
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
          title: property(properties, 'title'),
          text,
          ...placeOf(properties),
        }
      default:
        return { kind: 'text', text: this.hide(raw) }
    }
  }

  hide(text: string): string {
    let hidden = text
    for (const mask of this.#masks) if (mask !== '') hidden = hidden.replaceAll(mask, '***')
    return hidden
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
