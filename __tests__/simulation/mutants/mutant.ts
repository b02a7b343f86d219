/** A deliberate bug: one place of one file, written differently. */
export interface Mutant {
  readonly name: string
  /** From the root of the repository. */
  readonly file: string
  /** Occurs exactly once. */
  readonly find: string
  readonly replace: string
}

/** The text with the bug in it. @throws when `find` does not occur exactly once */
export function mutate(text: string, { name, file, find, replace }: Mutant): string {
  const parts = text.split(find)
  if (parts.length !== 2) {
    throw new Error(`Mutant ${name}: its text occurs ${parts.length - 1} times in ${file}.`)
  }
  return parts.join(replace)
}
