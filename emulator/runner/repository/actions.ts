import { join } from 'node:path'
import type { Repository } from './git.ts'

/** Copies of the repository as actions are downloaded: without history, one for each commit. */
export class ActionStore {
  readonly #repository: Repository
  readonly #directory: string
  readonly #copies = new Map<string, Promise<string>>()

  constructor(repository: Repository, directory: string) {
    this.#repository = repository
    this.#directory = directory
  }

  /** @returns the folder with the files of the commit; jobs that ask at once share it */
  fetch(sha: string): Promise<string> {
    const known = this.#copies.get(sha)
    if (known) return known
    const directory = join(this.#directory, sha)
    const copy = this.#repository.extract(sha, directory).then(() => directory)
    this.#copies.set(sha, copy)
    return copy
  }

  /** A tag, a branch or a commit, as it is written behind the `@`. @throws Error for none of them */
  async resolve(ref: string): Promise<string> {
    for (const name of [`refs/tags/${ref}`, `refs/heads/${ref}`, ref]) {
      try {
        return await this.#repository.resolve(name)
      } catch {
        // The next one, then.
      }
    }
    throw new Error(`Unable to resolve action: there is no "${ref}" in the repository.`)
  }
}
