import { type Html, html } from '../markup/html.ts'

const COLOURS = 8

/** Gives each release a colour, which it keeps everywhere on the page; neighbours in time differ. */
export class ReleaseColours {
  readonly #order = new Map<string, number>()

  /** Class of the release's colour; none for a VM that has no release. */
  classOf(release: string): string {
    if (release === '') return 'c-none'
    const known = this.#order.get(release) ?? this.#order.size
    this.#order.set(release, known)
    return `c${known % COLOURS}`
  }

  /** The release's short name beside its colour. */
  chip(release: string): Html {
    const name = release === '' ? 'no release' : release
    return html`<span class="chip ${this.classOf(release)}"><i aria-hidden="true"></i><code>${name}</code></span>`
  }
}
