/** The runner would make every appearance of a shorter one unreadable, in words that mean something else. */
export const SHORTEST_VALUE = 4

/** Frames of keys and certificates: they are in public ones, too. */
const FRAME = /^-----(BEGIN|END) [^-]*-----$/

/**
 * Every form in which a value is to be masked: as a whole, line by line, as JSON has it, in base64, in URLs.
 * What is too short to be told from any other text is none of them.
 */
export function formsOf(bytes: Uint8Array): readonly string[] {
  const base64 = Buffer.from(bytes).toString('base64')
  const text = textOf(bytes)
  const forms = [
    ...(text === undefined ? [] : textForms(text)),
    // With and without the signs at its end, which some leave out.
    base64,
    base64.replace(/=+$/, ''),
    base64.replaceAll('+', '-').replaceAll('/', '_'),
  ]
  return [...new Set(forms)].filter((form) => form.trim().length >= SHORTEST_VALUE)
}

/** The bytes as text, if a variable of a container can hold them. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    // Not UTF-8 is an answer.
    return undefined
  }
}

function textForms(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/)
  const telling = lines.map((line) => line.trim()).filter((line) => !FRAME.test(line))
  // The log masks each line of what it is given; a frame is masked with the whole in one line only.
  const isFramed = telling.length < lines.length
  return [
    ...(isFramed ? [] : [text, text.trim()]),
    ...lines.filter((line) => telling.includes(line)),
    ...telling,
    JSON.stringify(text).slice(1, -1),
    // The runner masks what it is told and no form of it.
    ...[text, ...telling].map(encodeURIComponent),
  ]
}
