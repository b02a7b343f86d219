import type { Mutant } from './mutant.ts'

const READINESS = 'src/release/rollout/readiness.ts'
const DECISION = 'src/release/rollout.ts'

/** Bugs in what is seen of the group and what is made of it. */
export const ROLLOUT_MUTANTS: readonly Mutant[] = [
  {
    name: 'min-ready-is-not-waited-for',
    file: DECISION,
    find: 'memory.holdsCount >= OBSERVATIONS_THAT_HOLD && observation.atMs >= untilMs',
    replace: 'memory.holdsCount >= OBSERVATIONS_THAT_HOLD',
  },
  {
    name: 'a-hold-survives-a-break',
    file: 'src/release/rollout/memory.ts',
    find: 'if (!holds) return { ...NO_HOLD, holdsBegun }',
    replace: 'if (!holds) return memory',
  },
  {
    name: 'the-deadline-never-comes',
    file: DECISION,
    find: 'if (observation.atMs >= untilMs) return timeout(memory, findings, look)',
    replace: '',
  },
  {
    name: 'a-failed-boot-is-not-believed',
    file: DECISION,
    find: 'if (bootFailed) return bootFailed',
    replace: '',
  },
  {
    name: 'health-does-not-matter',
    file: READINESS,
    find: 'if (group.hasHealthCheck && !isHealthy(instance))',
    replace: 'if (group.hasHealthCheck && healthStates.length > 99)',
  },
  {
    name: 'what-a-vm-reports-does-not-matter',
    file: READINESS,
    find: 'return obstacleIn(report, policy)\n',
    replace: 'return report === undefined ? obstacleIn(report, policy) : undefined\n',
  },
  {
    name: 'the-number-of-vms-is-what-it-was-at-first',
    file: 'src/release/watch.ts',
    find: 'const group = await this.#ports.compute.fetchGroup(this.#options.group)',
    replace:
      'const group = { ...(await this.#ports.compute.fetchGroup(this.#options.group)), ...(this.#last && { targetSize: this.#last.group.targetSize }) }',
  },
  {
    name: 'a-shortage-is-taken-for-final',
    file: 'src/release/rollout/problems.ts',
    find: "return cause !== undefined && cause !== 'capacity'",
    replace: 'return cause !== undefined',
  },
  {
    name: 'a-shortage-is-blamed-on-the-release',
    file: DECISION,
    find: "if (shortage) return { kind: 'failed', cause: 'capacity', reason: shortage, evidence }",
    replace: '',
  },
  {
    name: 'looks-follow-each-other-ten-times-as-fast',
    file: 'src/release/watch/pace.ts',
    find: 'const FAST_MS = 1_000',
    replace: 'const FAST_MS = 100',
  },
  {
    name: 'looks-are-ten-times-as-rare',
    file: 'src/release/watch/pace.ts',
    find: 'return Math.min(SLOW_MS, Math.max(quickestMs, wishedMs))',
    replace: 'return 10 * Math.min(SLOW_MS, Math.max(quickestMs, wishedMs))',
  },
]
