import { codeSpan, counted } from '../../report/markdown.ts'
import type { VmBehind } from '../../secrets/behind.ts'
import type { SecretsResult } from './result.ts'

/** The step's page: what was written, what runs, and what is left to do. Pure. */
export function renderSecretsSummary(result: SecretsResult): string {
  const { secrets, rolled, behind } = result
  const rows = secrets.map(
    ({ secret, version, wasAdded }) =>
      `| ${codeSpan(secret)} | ${version} | ${wasAdded ? 'new' : 'as it was'} |`
  )
  const table = ['| secret | version | |', '| --- | ---: | --- |', ...rows]
  return [
    `### ${headline(result)}`,
    ...(rows.length > 0 ? [table.join('\n')] : []),
    ...(rolled === undefined ? [] : [describeWayBack(rolled.previousRelease)]),
    ...(behind.length === 0 ? [] : [describeBehind(behind)]),
    '',
  ].join('\n\n')
}

function headline({ outcome, secrets, release, rolled }: SecretsResult): string {
  const added = secrets.filter(({ wasAdded }) => wasAdded).length
  if (outcome === 'deployed') {
    const vms = counted(rolled?.vms.length ?? 0, 'VM')
    return `${vms} rolled onto the newest values, release \`${release}\``
  }
  return outcome === 'written' ? `${counted(added, 'new version')} of secrets` : 'Secrets unchanged'
}

function describeWayBack(previousRelease: string): string {
  return previousRelease === ''
    ? 'There is no release before it.'
    : `A rollback to release \`${previousRelease}\` brings the old values back.`
}

function describeBehind(behind: readonly VmBehind[]): string {
  const who = `${counted(behind.length, 'VM')} still ${behind.length === 1 ? 'has' : 'have'}`
  const names = behind.map(({ vm }) => codeSpan(vm)).join(', ')
  return `${who} an old value: ${names}. The next deploy brings the new one, and so does this command with \`roll: true\`.`
}
