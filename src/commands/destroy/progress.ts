import { ActionError } from '../../errors.ts'
import { TerraformFailure } from '../../terraform/failure.ts'
import type { Diagnostic } from '../../terraform/ui-stream.ts'

/** What is gone and what is left, for whoever must tell it in the middle. */
export class Progress {
  readonly #gone: string[] = []
  #left: readonly string[] = []

  get gone(): readonly string[] {
    return this.#gone
  }

  /** In words, in the order in which it will go. */
  expect(left: readonly string[]): void {
    this.#left = left.filter((words) => words !== '')
  }

  /**
   * Does what makes `left` disappear, and notes what that was. Nothing to do where it is empty.
   * `leftInPart`: what is left of it where that fails half-way.
   */
  async step(
    left: string,
    work: () => Promise<string | undefined>,
    leftInPart = left
  ): Promise<void> {
    if (left === '') return
    try {
      const gone = await work()
      this.#left = this.#left.filter((words) => words !== left)
      if (gone !== undefined) this.#gone.push(gone)
    } catch (error) {
      this.#left = this.#left.map((words) => (words === left ? leftInPart : words))
      throw error
    }
  }

  /** The same error, with what a person needs to go on from here. */
  explain(error: unknown): unknown {
    return error instanceof ActionError ? new DestroyFailure(error, this.#gone, this.#left) : error
  }
}

/** A destroy that ended in the middle; its code is that of what ended it. */
export class DestroyFailure extends ActionError {
  /** Terraform's own, with their places in the configuration. */
  readonly diagnostics: readonly Diagnostic[]

  constructor(cause: ActionError, gone: readonly string[], left: readonly string[]) {
    const lines = [
      cause.message,
      `Gone already: ${gone.join('; ') || 'nothing'}.`,
      `Still there: ${left.join('; ') || 'nothing that is known'}.`,
    ]
    super(cause.code, lines.join('\n'), {
      hint: [hintOf(cause), AGAIN].filter((text) => text !== undefined).join('\n'),
      cause,
      isPassing: cause.isPassing,
      annotations: cause.annotations,
    })
    this.diagnostics = cause instanceof TerraformFailure ? cause.diagnostics : []
  }
}

const AGAIN = 'Then run this job again: it goes on with what is left.'

function hintOf({ hint, message }: ActionError): string | undefined {
  // Terraform's own words for a lifecycle { prevent_destroy = true }.
  if (!message.includes('Instance cannot be destroyed')) return hint
  return 'Your configuration protects this resource: take prevent_destroy out of its lifecycle, or let terraform forget it (terraform state rm ADDRESS), if it is to stay.'
}
