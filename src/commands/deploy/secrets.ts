import { ensureSecrets } from '../../secrets/ensure.ts'
import { publishSecretValues } from '../../secrets/publish.ts'
import { refuseBinary, waitsForApply } from '../../secrets/wanted.ts'
import type { Story } from './story.ts'

/** Terraform lets the VMs read secrets that are there: those it does not make itself are made beside its plan. */
export async function prepareSecrets({ config, ports }: Story): Promise<void> {
  refuseBinary(config)
  await ensureSecrets({ ...ports, log: ports.log.labelled('secrets') }, config)
}

/** The release names the versions, so they are there before it is made. */
export async function publishBesideApply(story: Story): Promise<void> {
  if (!waitsForApply(story.config)) await publish(story)
}

/** Those that terraform makes are there only now. */
export async function publishAfterApply(story: Story): Promise<void> {
  if (waitsForApply(story.config)) await publish(story)
}

async function publish({ config, ports, context }: Story): Promise<void> {
  if (config.secretValues.size === 0) return
  const { holder, provenance, signal } = context
  const { runUrl, actor } = provenance
  // A run that is killed leaves the lock under which values are written.
  ports.handover.begin('')
  await publishSecretValues({ ...ports, log: ports.log.labelled('secrets') }, config, {
    owner: { holder, runUrl, actor },
    isThorough: false,
    signal,
  })
  ports.handover.end()
}
