import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'

export interface Actor {
  readonly login: string
  readonly id: number
  readonly type: 'User' | 'Bot'
}

export interface Pull {
  readonly headRef: string
  readonly headSha: string
  /** `owner/name`; another one than ours is a fork. */
  readonly headRepository: string
  readonly baseRef: string
  readonly draft: boolean
  /** Paths that it changes. */
  readonly files: readonly string[]
  readonly mergedAt?: string
  readonly mergedBy?: Actor
  readonly mergeCommitSha?: string
}

/** An issue; with `pull` it is a pull request, which shares numbers and comments with issues. */
export interface Item {
  readonly number: number
  readonly id: number
  readonly title: string
  readonly body: string
  readonly state: 'open' | 'closed'
  readonly stateReason: string | null
  readonly author: Actor
  readonly labels: readonly string[]
  readonly locked: boolean
  readonly createdAt: string
  readonly updatedAt: string
  readonly closedAt: string | null
  readonly pull?: Pull
}

export interface Comment {
  readonly id: number
  /** Of the issue or pull request. */
  readonly number: number
  readonly author: Actor
  readonly body: string
  readonly createdAt: string
  readonly updatedAt: string
  /** Whoever changed the text last, once somebody has. */
  readonly editor?: Actor
}

export interface NewPull {
  readonly title?: string
  readonly author?: string
  readonly headRef?: string
  readonly headSha?: string
  readonly headRepository?: string
  readonly baseRef?: string
  readonly files?: readonly string[]
}

const FIRST_COMMENT_ID = 3_000_000_001
const KNOWN_IDS: Readonly<Record<string, number>> = { 'github-actions[bot]': 41898282 }

/** Issues, pull requests, comments and labels of one repository, in memory. */
export class GitHubStore {
  readonly repository: string
  readonly repositoryId: number
  readonly #clock: Clock
  readonly #items = new Map<number, Item>()
  #comments: ReadonlyMap<number, Comment> = new Map()
  #commentsBefore: ReadonlyMap<number, Comment> = new Map()
  readonly #labels = new Set<string>()
  #nextCommentId = FIRST_COMMENT_ID

  constructor(clock: Clock, repository: string, repositoryId: number) {
    this.#clock = clock
    this.repository = repository
    this.repositoryId = repositoryId
  }

  get items(): readonly Item[] {
    return [...this.#items.values()]
  }

  get labels(): readonly string[] {
    return [...this.#labels]
  }

  item(number: number): Item | undefined {
    return this.#items.get(number)
  }

  /** Of one issue or pull request, oldest first; `late` are those before the last change of any. */
  commentsOf(number: number, late = false): readonly Comment[] {
    const comments = late ? this.#commentsBefore : this.#comments
    return [...comments.values()].filter((comment) => comment.number === number)
  }

  comment(id: number): Comment | undefined {
    return this.#comments.get(id)
  }

  addItem(author: string, fields: Partial<Pick<Item, 'title' | 'body' | 'labels' | 'pull'>>): Item {
    const number = this.#items.size + 1
    const at = this.#at()
    const item: Item = {
      number,
      id: 2_000_000_000 + number,
      title: fields.title ?? '',
      body: fields.body ?? '',
      state: 'open',
      stateReason: null,
      author: actor(author),
      labels: fields.labels ?? [],
      locked: false,
      createdAt: at,
      updatedAt: at,
      closedAt: null,
      ...(fields.pull && { pull: fields.pull }),
    }
    this.#keep(item)
    return item
  }

  /** @returns the changed item; closing and reopening keep the time of it */
  changeItem(number: number, change: Partial<Item>): Item {
    const before = this.#require(number)
    const state = change.state ?? before.state
    const closedAt = state === 'open' ? null : (before.closedAt ?? this.#at())
    const item = { ...before, ...change, closedAt, updatedAt: this.#at() }
    this.#keep(item)
    return item
  }

  addPull({ title = 'A change', author = 'octocat', ...pull }: NewPull = {}): Item {
    const headRef = pull.headRef ?? `change-${this.#items.size + 1}`
    return this.addItem(author, {
      title,
      pull: {
        headRef,
        headSha: pull.headSha ?? randomSha(),
        headRepository: pull.headRepository ?? this.repository,
        baseRef: pull.baseRef ?? 'main',
        draft: false,
        files: pull.files ?? [],
      },
    })
  }

  /** A push to the pull request's branch. */
  pushTo(number: number, headSha: string = randomSha()): Item {
    return this.changeItem(number, { pull: { ...this.#requirePull(number), headSha } })
  }

  merge(number: number, mergeCommitSha: string = randomSha(), by = 'octocat'): Item {
    const merged = { mergedAt: this.#at(), mergedBy: actor(by), mergeCommitSha }
    const pull = { ...this.#requirePull(number), ...merged }
    return this.changeItem(number, { state: 'closed', pull })
  }

  addComment(number: number, author: string, body: string): Comment {
    const at = this.#at()
    const fields = { number, body, author: actor(author), createdAt: at, updatedAt: at }
    const comment = { id: this.#nextCommentId++, ...fields }
    this.#keepComments(new Map([...this.#comments, [comment.id, comment]]))
    return comment
  }

  changeComment(before: Comment, editor: string, body: string): Comment {
    const comment = { ...before, body, editor: actor(editor), updatedAt: this.#at() }
    this.#keepComments(new Map([...this.#comments, [comment.id, comment]]))
    return comment
  }

  deleteComment(id: number): boolean {
    const rest = new Map(this.#comments)
    const wasThere = rest.delete(id)
    if (wasThere) this.#keepComments(rest)
    return wasThere
  }

  #keepComments(comments: ReadonlyMap<number, Comment>): void {
    this.#commentsBefore = this.#comments
    this.#comments = comments
  }

  #keep(item: Item): void {
    for (const label of item.labels) this.#labels.add(label)
    this.#items.set(item.number, item)
  }

  #require(number: number): Item {
    const item = this.#items.get(number)
    if (!item) throw new Error(`There is no issue or pull request ${number}.`)
    return item
  }

  #requirePull(number: number): Pull {
    const { pull } = this.#require(number)
    if (!pull) throw new Error(`${number} is an issue and no pull request.`)
    return pull
  }

  // GitHub's times have no fractions of a second.
  #at(): string {
    return new Date(this.#clock.now()).toISOString().replace(/\.\d+Z$/, 'Z')
  }
}

/** The same login is the same person every time. */
export function actor(login: string): Actor {
  const digest = createHash('sha256').update(login).digest().readUInt32BE(0)
  const type = login.endsWith('[bot]') ? 'Bot' : 'User'
  return { login, id: KNOWN_IDS[login] ?? digest, type }
}

function randomSha(): string {
  return randomBytes(20).toString('hex')
}
