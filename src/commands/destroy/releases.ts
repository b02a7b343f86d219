import { ActionError } from '../../errors.ts'
import { isInUse } from '../../google/compute/deletion.ts'
import type { GoogleFailure } from '../../google/diagnosis/failure.ts'
import { counted } from '../../report/markdown.ts'
import type { Found } from './found.ts'
import type { Story } from './story.ts'

const WORKERS = 4

/**
 * Deletes the tags and templates of all releases. The tags first: a template knows where its image's
 * tag is, so what is left of a run that dies in between can be found. Terraform comes after it: it
 * could not delete the subnet and the account that templates name.
 *
 * @throws ActionError DESTROY_FAILED, GCP_*
 */
export async function removeReleases(
  story: Story,
  { templates, tags }: Pick<Found, 'templates' | 'tags'>
): Promise<string> {
  const { artifacts, compute } = story.ports
  await inTurn(tags, story, async ({ of, tag }) => {
    const deletion = await artifacts.deleteTag(of, tag)
    if (typeof deletion === 'object') throw refused(story, `the tag ${tag}`, deletion)
  })
  await inTurn(templates, story, async ({ name }) => {
    const deletion = await compute.deleteTemplate(name)
    if (typeof deletion === 'object')
      throw refused(story, `the instance template ${name}`, deletion)
  })
  return nameReleases({ templates, tags })
}

/** `3 releases`; a run that died may have left tags alone. */
export function nameReleases({ templates, tags }: Pick<Found, 'templates' | 'tags'>): string {
  return templates.length > 0
    ? counted(templates.length, 'release')
    : counted(tags.length, 'release tag')
}

/** Some at a time; once one fails no other is begun, and those under way are waited for. */
export async function inTurn<T>(
  items: readonly T[],
  { context }: Pick<Story, 'context'>,
  work: (item: T) => Promise<void>
): Promise<void> {
  const rest = items.values()
  let failure: { readonly error: unknown } | undefined
  const worker = async (): Promise<void> => {
    for (const item of rest) {
      if (failure) return
      try {
        context.signal.throwIfAborted()
        await work(item)
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
  if (failure) throw failure.error
}

function refused({ ports }: Story, what: string, failure: GoogleFailure): ActionError {
  const hint = isInUse(failure)
    ? 'Something outside of this service uses it, such as another group or a VM: delete that first.'
    : ports.google.fixFor(failure)
  return new ActionError(
    'DESTROY_FAILED',
    `Could not delete ${what}: Google answered ${failure.status} ${failure.reason}: ${failure.message}`,
    { hint }
  )
}
