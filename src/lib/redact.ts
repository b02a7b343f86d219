const SHORTEST_SECRET = 4
const MASK = '***'

/** Text with every known secret made unreadable, also where it stands in base64 or in a URL. */
export class Redactor {
  readonly #forms = new Set<string>()

  /** Each line of a multi-line secret counts on its own, as in the runner's log. */
  add(secret: string): void {
    for (const part of [secret, ...secret.split(/\r?\n/)]) {
      if (part.trim().length < SHORTEST_SECRET) continue
      this.#forms.add(part)
      this.#forms.add(encodeURIComponent(part))
      this.#forms.add(Buffer.from(part).toString('base64').replace(/=+$/, ''))
      this.#forms.add(JSON.stringify(part).slice(1, -1))
    }
  }

  redact(text: string): string {
    let result = text
    for (const form of this.#longestFirst()) result = result.replaceAll(form, MASK)
    return result
  }

  // A secret may contain another one: the longer must go first, or its tail stays readable.
  #longestFirst(): readonly string[] {
    return [...this.#forms].sort((a, b) => b.length - a.length)
  }
}
