const HOSTILE = [
  '```',
  '````diff',
  '~~~',
  '`` ` ``',
  '</details>',
  '<details>',
  '</summary>',
  '<!--',
  '-->',
  '<b>@octocat</b>',
  '@octocat',
  '#12',
  'octocat/hello#3',
  '- x',
  '+ y',
  '! z',
  '@@ -1 +1 @@',
  '--- a',
  '+++ b',
  '# x',
  '> [!CAUTION]',
  '\r',
  '\r\n',
  '\n',
  '\n\n',
  '\t',
  '\u2028',
  '\u202e',
  '\u0000',
  '\ud800',
  '😀',
  'ключ',
  '|',
  '\\',
  '"',
  "'",
  '${x}',
  '{"a":',
  '[1,2',
  '{"a":[1,{"b":"c\\nd"}]}',
  'A_KEY=1',
  'https://u:p4ss@h/',
  '',
  ' ',
  '::error::x',
  '$&',
  '<EOT',
  'EOT',
]
const NAMES = [
  'id',
  'name',
  'size',
  'labels',
  'disk',
  'metadata',
  'env',
  'value',
  'DB_PASSWORD',
  '__proto__',
  'a b',
  'x.y',
  '0',
]
const ACTIONS = [
  ['no-op'],
  ['create'],
  ['read'],
  ['update'],
  ['update'],
  ['delete'],
  ['delete', 'create'],
  ['create', 'delete'],
  ['forget'],
  ['create', 'forget'],
  ['new-one'],
]
const REASONS = [
  '',
  'replace_because_tainted',
  'replace_because_cannot_update',
  'delete_because_each_key',
  'something_new',
]

export interface Resource {
  readonly address: string
  readonly change: { readonly actions: readonly string[] }
}

/** A text that is secret from now on: long enough to be told from other text. */
export function canaryOf(random: () => number, canaries: string[]): string {
  const canary = `canary-${Math.floor(random() * 1e9).toString(36)}${['-end', ' "end"', '&<end>', '\nend-of-it'][Math.floor(random() * 4)]}`
  canaries.push(canary)
  return canary
}

export function times<T>(random: () => number, most: number, make: (index: number) => T): T[] {
  return Array.from({ length: Math.floor(random() * (most + 1)) }, (_, index) => make(index))
}

/** Makes parts of plans; whatever it marks as sensitive is one of the canaries. */
export class Maker {
  /** Secrets by nothing but the name of the setting. */
  readonly named: string[] = []
  readonly #random: () => number
  readonly #canaries: string[]

  constructor(random: () => number, canaries: string[]) {
    this.#random = random
    this.#canaries = canaries
  }

  pick<T>(...from: readonly [T, ...T[]]): T {
    return from[Math.floor(this.#random() * from.length)] ?? from[0]
  }

  text(): string {
    const parts = times(
      this.#random,
      5,
      () => HOSTILE[Math.floor(this.#random() * HOSTILE.length)] ?? ''
    )
    if (this.#random() < 0.02) parts.push('x'.repeat(Math.floor(this.#random() * 90_000)))
    if (this.#random() < 0.02) parts.push('`'.repeat(Math.floor(this.#random() * 300)))
    if (this.#random() < 0.05) parts.push('line\n'.repeat(Math.floor(this.#random() * 300)))
    if (this.#random() < 0.2) parts.push('LEAK')
    return parts.join(this.pick('', ' ', '\n'))
  }

  value(depth: number, isSecret = false): unknown {
    const roll = this.#random()
    if (depth > 0 && roll < 0.2)
      return times(this.#random, 4, () => this.value(depth - 1, isSecret))
    if (depth > 0 && roll < 0.5)
      return Object.fromEntries(times(this.#random, 5, () => this.#member(depth - 1, isSecret)))
    if (isSecret) return canaryOf(this.#random, this.#canaries)
    return this.pick<unknown>(null, true, false, 0, 1.5, -7, this.text(), this.text(), this.text())
  }

  address(index: number): string {
    const key = JSON.stringify(`${this.text().replace(/x{20,}|(line\n)+/g, '')}`)
    return (
      this.pick('', 'module.a.', `module.b[${key}].`) +
      `google_thing.r${index}` +
      this.pick('', '[0]', `[${key}]`)
    )
  }

  resource(index: number): Resource {
    const actions = ACTIONS[Math.floor(this.#random() * ACTIONS.length)] ?? []
    const before = actions[0] === 'create' && actions.length === 1 ? null : this.#object()
    const after =
      actions[0] === 'delete' && actions.length === 1
        ? null
        : this.#random() < 0.3
          ? this.#object()
          : this.#mutate(before ?? this.#object())
    const beforeMarks = this.#marks(before)
    const afterMarks = this.#marks(after)
    return {
      address: this.address(index),
      mode: 'managed',
      type: 'google_thing',
      ...(this.#random() < 0.1 && { previous_address: this.address(index + 100) }),
      ...(this.#random() < 0.1 && { deposed: 'abcd1234' }),
      action_reason: this.pick('', ...REASONS),
      change: {
        actions,
        before: beforeMarks.value,
        after: afterMarks.value,
        before_sensitive: beforeMarks.marks,
        after_sensitive: afterMarks.marks,
        after_unknown: this.#unknown(after),
        replace_paths: times(this.#random, 2, () => [this.#name(), this.pick<unknown>(0, 'x')]),
        ...(this.#random() < 0.1 && { importing: { id: this.text() } }),
      },
    } as Resource
  }

  output(): object {
    const isSensitive = this.#random() < 0.3
    return {
      actions: this.pick(['create'], ['update'], ['delete'], ['no-op']),
      before: this.value(2, isSensitive),
      after: this.value(2, isSensitive),
      after_unknown: this.#random() < 0.2,
      before_sensitive: isSensitive,
      after_sensitive: isSensitive && this.#random() < 0.8,
    }
  }

  #name(): string {
    return this.#random() < 0.1
      ? this.text().slice(0, 50)
      : (NAMES[Math.floor(this.#random() * NAMES.length)] ?? '')
  }

  #member(depth: number, isSecret: boolean): readonly [string, unknown] {
    const name = this.#name()
    const isNamed = name === 'DB_PASSWORD' && !isSecret
    return [name, isNamed ? canaryOf(this.#random, this.named) : this.value(depth, isSecret)]
  }

  #object(): object {
    return Object.fromEntries(times(this.#random, 8, () => this.#member(4, false)))
  }

  #mutate(value: unknown): unknown {
    if (this.#random() < 0.1) return this.value(2)
    if (Array.isArray(value))
      return value.filter(() => this.#random() < 0.9).map((item) => this.#mutate(item))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, this.#mutate(item)])
      )
    return value
  }

  /** Marks of the shape of the value, and the value with a secret wherever they say so. */
  #marks(value: unknown, depth = 0): { marks: unknown; value: unknown } {
    if (this.#random() < (depth === 0 ? 0.03 : 0.1))
      return { marks: true, value: this.#secretOf(value) }
    if (Array.isArray(value)) {
      const inner = value.map((item) => this.#marks(item, depth + 1))
      return { marks: inner.map(({ marks }) => marks), value: inner.map((item) => item.value) }
    }
    if (typeof value === 'object' && value !== null) {
      const inner = Object.entries(value).map(
        ([name, item]) => [name, this.#marks(item, depth + 1)] as const
      )
      return {
        marks: Object.fromEntries(inner.map(([name, { marks }]) => [name, marks])),
        value: Object.fromEntries(inner.map(([name, item]) => [name, item.value])),
      }
    }
    return { marks: false, value }
  }

  #secretOf(value: unknown): unknown {
    if (value === null) return null
    if (Array.isArray(value)) return value.map((item) => this.#secretOf(item))
    if (typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, this.#secretOf(item)])
      )
    return canaryOf(this.#random, this.#canaries)
  }

  #unknown(value: unknown): unknown {
    if (this.#random() < 0.08) return true
    if (Array.isArray(value)) return value.map((item) => this.#unknown(item))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, this.#unknown(item)])
      )
    return false
  }
}
