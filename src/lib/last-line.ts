/** The last line that says something: what a command that failed ends with. */
export function lastLine(text: string): string {
  return text.trim().split('\n').pop()?.trim() ?? ''
}
