import type { Annotation, Log } from '../../src/ports.ts'

type Level = 'debug' | 'info' | 'warning' | 'group' | 'end'

export interface Entry {
  readonly level: Level
  /** Of the labelled log it came through; empty for the log itself. */
  readonly label: string
  readonly text: string
}

/** Keeps everything that is said; labelled logs write into the same list. */
export class RecordingLog implements Log {
  readonly entries: Entry[]
  readonly masked: string[]
  readonly annotations: Annotation[]
  readonly #label: string

  constructor(
    shared: Pick<RecordingLog, 'entries' | 'masked' | 'annotations'> = {
      entries: [],
      masked: [],
      annotations: [],
    },
    label = ''
  ) {
    this.entries = shared.entries
    this.masked = shared.masked
    this.annotations = shared.annotations
    this.#label = label
  }

  debug(message: string): void {
    this.#add('debug', message)
  }

  info(message: string): void {
    this.#add('info', message)
  }

  warning(message: string): void {
    this.#add('warning', message)
  }

  annotate(annotation: Annotation): void {
    this.annotations.push(annotation)
  }

  mask(secret: string): void {
    this.masked.push(secret)
  }

  async group<T>(title: string, work: () => Promise<T>): Promise<T> {
    this.#add('group', title)
    try {
      return await work()
    } finally {
      this.#add('end', title)
    }
  }

  labelled(label: string): Log {
    return new RecordingLog(this, label)
  }

  /** The texts of one level, in order. */
  of(level: Level): readonly string[] {
    return this.entries.filter((entry) => entry.level === level).map((entry) => entry.text)
  }

  /** Everything, as one text to search. */
  get text(): string {
    return this.entries.map((entry) => entry.text).join('\n')
  }

  #add(level: Level, text: string): void {
    this.entries.push({ level, label: this.#label, text })
  }
}
