/** What must not be read in logs and outputs: secrets, and whatever a step registers. */
export class Masks {
  readonly #values = new Set<string>()

  /** Of a text of several lines each line is hidden, too, since logs are read line by line. */
  add(value: string): void {
    for (const text of [value, ...value.split(/\r?\n/)]) {
      if (text.trim() === '') continue
      for (const form of formsOf(text)) this.#values.add(form)
    }
  }

  hide(text: string): string {
    // The longest first: a short one inside of a long one would leave the rest of it readable.
    const values = [...this.#values].sort((a, b) => b.length - a.length)
    return values.reduce((hidden, value) => hidden.replaceAll(value, '***'), text)
  }

  hides(text: string): boolean {
    return [...this.#values].some((value) => text.includes(value))
  }
}

/** A secret shorter than this is too likely to be found by chance in another form. */
const MIN_ENCODED_LENGTH = 6

// The runner hides the usual encodings along with the value.
function formsOf(text: string): readonly string[] {
  if (text.length < MIN_ENCODED_LENGTH) return [text]
  const base64 = Buffer.from(text).toString('base64')
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), base64]
}
