import type { Emulator } from '../../../emulator/start.ts'

/** What the set-up makes has to do without what the emulator's project is born with. */
export function takeAwayWhatIsThere({ cloud }: Emulator): void {
  const { policies } = cloud
  const { bindings = [] } = policies.get('projects/mervis-demo')
  const others = bindings.map(({ role, members }) => ({
    role,
    members: members.filter((member) => !member.includes(':deployer@')),
  }))
  policies.set('projects/mervis-demo', { bindings: others })
}
