/** A Dockerfile with everything that can mislead a reader, and how it is built. */
export interface Generated {
  readonly text: string
  readonly target: string | undefined
  readonly buildArgs: ReadonlyMap<string, string>
}

/** Numbers from 0 up to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Makes Dockerfiles whose images all lie on `host`, each under a name of its own. */
export class DockerfileGenerator {
  readonly #random: () => number
  readonly #host: string
  #escape = '\\'
  #images = 0
  #stages: string[] = []

  constructor(random: () => number, host: string) {
    this.#random = random
    this.#host = host
  }

  generate(): Generated {
    this.#escape = this.#chance(0.2) ? '`' : '\\'
    this.#images = 0
    this.#stages = []
    const lines = [...this.#head(), ...this.#args()]
    const count = 1 + Math.floor(this.#random() * 5)
    for (let stage = 0; stage < count; stage++) lines.push(...this.#stage(stage))
    const end = this.#chance(0.1) ? '\r\n' : '\n'
    const text = lines.join(end) + (this.#chance(0.5) ? end : '')
    const names = this.#stages
    return {
      text: this.#chance(0.1) ? `\uFEFF${text}` : text,
      target: names.length > 0 && this.#chance(0.3) ? this.#pick(names) : undefined,
      buildArgs: new Map(
        ['A', 'B', 'VERSION']
          .filter(() => this.#chance(0.25))
          .map((name) => [name, this.#pick(['v1', 'ab2', ''])])
      ),
    }
  }

  #head(): readonly string[] {
    const directive = this.#pick(['# escape=`', '#escape=`', '#  ESCAPE = ` '])
    return [
      ...(this.#escape === '`' ? [directive] : []),
      ...(this.#chance(0.2) ? ['', '# a comment', '# escape=x'] : []),
    ]
  }

  #args(): readonly string[] {
    const values = [
      '=one',
      '="two"',
      "='three'",
      '=${A:-x}y',
      '=$B',
      `=f${this.#escape}our`,
      '=${TARGETARCH}',
      '="${VERSION%b*}"',
      '=${A#?}',
      '=${A//1/z}',
      '=${A:+set}',
      '=${UNSET-dflt}',
    ]
    return [
      ...['A', 'B', 'VERSION']
        .filter(() => this.#chance(0.7))
        .map((name) => `ARG ${name}${this.#pick(values)}`),
      ...(this.#chance(0.3) ? [`ARG C=1 D="x y" ${this.#escape}`, ' E=z'] : []),
    ]
  }

  #stage(index: number): readonly string[] {
    const base =
      this.#stages.length > 0 && this.#chance(0.35)
        ? this.#pick(this.#stages)
        : this.#chance(0.1)
          ? 'scratch'
          : this.#baseImage()
    const before = [...this.#stages]
    const lines = [this.#from(base)]
    const count = Math.floor(this.#random() * 4)
    for (let at = 0; at < count; at++) lines.push(this.#instruction(index, before))
    return lines
  }

  #from(base: string): string {
    const platform = this.#pick(['linux/amd64', '$BUILDPLATFORM', '"${TARGETPLATFORM}"'])
    const flag = this.#chance(0.2) ? ` --platform=${platform}` : ''
    const gap = this.#pick(['', '# comment inside\n', '\n', '   \n'])
    const space = this.#chance(0.15) ? ` ${this.#escape}\n${gap}  ` : ' '
    const from = `${this.#pick(['FROM', 'from', 'From', '  FROM'])}${flag}${space}${base}`
    if (this.#chance(0.4)) return from
    const name = this.#pick(['build', 'deps', 'Final', 'x1', 'a.b-c'])
    this.#stages.push(name.toLowerCase())
    return `${from} ${this.#pick(['AS', 'as', 'As'])} ${name}`
  }

  #instruction(index: number, before: readonly string[]): string {
    const image = this.#image()
    const source = before.length > 0 && this.#chance(0.5) ? this.#anyCase(before) : image
    const numbered = index > 0 ? String(Math.floor(this.#random() * index)) : source
    return this.#pick([
      ...copying(source, numbered),
      ...misleading(image, this.#escape),
      ...HARMLESS,
    ])
  }

  #anyCase(names: readonly string[]): string {
    const name = this.#pick(names)
    return this.#chance(0.5) ? name : name.toUpperCase()
  }

  #image(): string {
    const name = `${this.#host}/lib/i${this.#images++}`
    return this.#chance(0.3) ? name : `${name}:1`
  }

  #baseImage(): string {
    const tags = [
      '1',
      '${VERSION:-9}',
      '$A',
      '${B:-${A:-n}}',
      '${BUILDOS}',
      '"q"',
      '${VERSION/1/2}x',
    ]
    return `${this.#host}/lib/i${this.#images++}:t${this.#pick(tags)}`
  }

  #chance(probability: number): boolean {
    return this.#random() < probability
  }

  #pick<T>(list: readonly T[]): T {
    const picked = list[Math.floor(this.#random() * list.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }
}

/** Instructions that take from another stage or image. */
function copying(source: string, numbered: string): readonly string[] {
  return [
    `COPY --from=${source} /a /b`,
    `COPY --from=${numbered} /a /b`,
    `copy --link --from="${source}" ["/a b", "/c"]`,
    `RUN --mount=type=bind,from=${source},target=/x true`,
    `RUN --mount=from=${source},target=/x --network=none true`,
    `RUN --mount=type=cache,target=/c,"from=${source}" true`,
  ]
}

/** Instructions that look as if they took something and do not. */
function misleading(image: string, escapeToken: string): readonly string[] {
  return [
    `RUN --mount=type=tmpfs,target=/t echo --mount=from=${image}`,
    `RUN cat <<EOF\nFROM ${image}\nCOPY --from=${image} /a /b\nEOF`,
    `RUN <<-EOF\n\tFROM ${image}\n\tEOF`,
    `RUN cat 3<<A <<-B && echo ${escapeToken}\n  x\nFROM ${image}\nA\nFROM ${image}\n\tB`,
    `COPY <<'one' <<two /dir/\n$x\none\nFROM ${image}\ntwo`,
    `ADD --chown=1:1 <<EOF /f\nFROM ${image}\nEOF`,
    `RUN echo '<<EOF' x <<'X'\nFROM ${image}\nX`,
    `RUN echo a ${escapeToken}\n# FROM ${image}\n\n  && echo b ${escapeToken}\n    FROM ${image}`,
    `RUN echo ${escapeToken}   \n  COPY --from=${image} a b`,
    `RUN echo trailing ${escapeToken}${escapeToken}`,
    `RUN echo ${escapeToken}<<EOF`,
    `${escapeToken}\nRUN true`,
    `ONBUILD RUN <<EOF\nFROM ${image}\nEOF`,
    `# FROM ${image}`,
  ]
}

const HARMLESS = [
  'RUN echo "<<EOF"',
  'RUN cat <<<EOF',
  'RUN ["echo", "<<EOF"]',
  'RUN if [ $((1 << 2)) = 4 ]; then true; fi',
  'ENV FOO=bar BAZ="a b"',
  'LABEL a="FROM x" b=c',
  'WORKDIR /x',
  'CMD ["x"]',
  'ARG A',
  'HEALTHCHECK --interval=5s CMD x',
  'EXPOSE 80',
]
