import { checkGlob } from './glob.ts'
import { cleanPath, trimSpaces } from './go-text.ts'
import { checkedPattern, IgnorePattern } from './pattern.ts'

/** The judgement of one path. */
export interface Verdict {
  readonly isIgnored: boolean
  /** Per pattern, for the judgement of what stands inside this folder. */
  readonly matches: readonly boolean[]
}

/**
 * The patterns of one ignore file as a whole: the last one that matches wins. Three ways of asking
 * differ in what they make of parent folders, and Docker uses all three.
 */
export class IgnoreRules {
  readonly patterns: readonly IgnorePattern[]
  readonly exceptions: readonly IgnorePattern[]

  /** @throws SyntaxError for a pattern that Docker refuses */
  constructor(lines: readonly string[]) {
    this.patterns = lines.flatMap(parsePattern)
    this.exceptions = this.patterns.filter(({ isException }) => isException)
  }

  /**
   * Step by step from the top: a pattern that matched the folder matches all inside it. One that
   * was not asked about the folder (it could change nothing there) is only asked about the path
   * itself, which is not the same as `ignores`.
   */
  judge(path: string, parent: Verdict | undefined): Verdict {
    let isIgnored = false
    const matches = this.patterns.map((pattern, index) => {
      const isMatch =
        parent?.matches[index] === true ||
        (pattern.isException === isIgnored && pattern.matches(path))
      if (isMatch) isIgnored = !pattern.isException
      return isMatch
    })
    return { isIgnored, matches }
  }

  /** At once: a pattern matches when it matches the path or any of its parent folders. */
  ignores(path: string): boolean {
    const all = withParents(path)
    return this.#decide((pattern) => all.some((place) => pattern.matches(place)))
  }

  /** As an old part of Docker's client asks: of the parents only the one as deep as the pattern. */
  ignoresByDepth(path: string): boolean {
    const [itself = path, ...parents] = withParents(path)
    return this.#decide((pattern) => {
      const parent = parents[parents.length - pattern.text.split('/').length]
      return pattern.matches(itself) || (parent !== undefined && pattern.matches(parent))
    })
  }

  #decide(isMatch: (pattern: IgnorePattern) => boolean): boolean {
    let isIgnored = false
    for (const pattern of this.patterns) {
      if (pattern.isException === isIgnored && isMatch(pattern)) isIgnored = !pattern.isException
    }
    return isIgnored
  }
}

function parsePattern(line: string): readonly IgnorePattern[] {
  const trimmed = trimSpaces(line)
  if (trimmed === '') return []
  const clean = cleanPath(trimmed)
  const isException = clean.startsWith('!')
  if (clean === '!') throw new SyntaxError('illegal exclusion pattern: "!"')
  const text = isException ? clean.slice(1) : clean
  checkedPattern(text, () => checkGlob(text))
  return [new IgnorePattern(text, isException)]
}

/** The path itself, then its folders from the nearest to the farthest. */
function withParents(path: string): readonly string[] {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? [path] : [path, ...withParents(path.slice(0, slash))]
}
