/** The runner's, as a value. */
export type Environment = Readonly<Record<string, string | undefined>>
