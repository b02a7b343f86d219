import type { Mutant } from './mutant.ts'

const ATTEMPT = 'src/release/attempt/attempt.ts'
const SETTLED = 'src/release/attempt/settled.ts'
const TAKE_BACK = 'src/release/attempt/take-back.ts'
const PUT_BACK = 'src/release/attempt/put-back.ts'

/** Bugs in the story of an attempt: forth, back, cancelled, taken over from a dead run. */
export const ATTEMPT_MUTANTS: readonly Mutant[] = [
  {
    name: 'a-bad-release-stays',
    file: ATTEMPT,
    find: "if (verdict.kind === 'failed' && options.autoRollback) {",
    replace:
      "if (verdict.kind === 'failed' && options.autoRollback && verdict.cause === 'quota') {",
  },
  {
    name: 'the-way-back-is-not-watched',
    file: TAKE_BACK,
    find: "if (verdict.kind === 'verified') {",
    replace: "if (verdict.kind !== 'superseded') {",
  },
  {
    name: 'the-group-is-not-moved-back',
    file: TAKE_BACK,
    find: 'await moveGroup({ compute: ports.lasting.compute, signal }, group, target)',
    replace: '',
  },
  {
    name: 'a-verified-attempt-stays-open',
    file: ATTEMPT,
    find: "await file.close(attempt, { outcome: 'verified' })",
    replace: '',
  },
  {
    name: 'a-release-taken-back-is-told-as-verified',
    file: TAKE_BACK,
    find: "await file.close(attempt, { outcome: 'rolled_back', rolledBackTo, reason: headline(failure) })",
    replace: "await file.close(attempt, { outcome: 'verified' })",
  },
  {
    name: 'attempts-of-dead-runs-stay-open',
    file: 'src/release/attempt/adoption.ts',
    find: '.filter((entry) => entry !== continued)',
    replace: '.filter(() => false)',
  },
  {
    name: 'a-cancel-leaves-everything-as-it-is',
    file: ATTEMPT,
    find: 'if (options.signal.aborted) await stop(story, begun?.attempt, error)',
    replace: 'if (options.signal.aborted) throw error',
  },
  {
    name: 'a-cancel-does-not-put-the-group-back',
    file: PUT_BACK,
    find: 'await moveGroup({ compute, signal: unwatched.signal }, unwatched.group, target)',
    replace: '',
  },
  {
    name: 'a-cancel-abandons-the-patch-that-is-under-way',
    file: ATTEMPT,
    find: 'const { compute } = ports.lasting\n  const destination',
    replace: 'const { compute } = ports\n  const destination',
  },
  {
    name: 'the-post-step-overlooks-a-patch-that-is-under-way',
    file: 'src/release/attempt/hand-over.ts',
    find: 'const LATE_MS = 20_000',
    replace: 'const LATE_MS = 0',
  },
  {
    name: 'a-patch-that-was-given-up-moves-the-group-after-the-end',
    file: ATTEMPT,
    find: 'const LATE_MS = 5_000',
    replace: 'const LATE_MS = 0',
  },
  {
    name: 'nothing-to-do-in-spite-of-a-lock',
    file: ATTEMPT,
    find: 'if (settled && !isLocked) return asUnchanged(settled, ports)',
    replace: 'if (settled) return asUnchanged(settled, ports)',
  },
  {
    name: 'nothing-to-do-in-spite-of-an-open-attempt',
    file: SETTLED,
    find: 'openEntries(ledger).length === 0 &&',
    replace: '',
  },
  {
    name: 'nothing-to-do-whatever-the-vms-run',
    file: SETTLED,
    find: 'obstacles(observation, policy).length === 0',
    replace: 'observation.instances.length >= 0',
  },
  {
    name: 'a-refused-patch-is-taken-for-done',
    file: 'src/release/move.ts',
    find: "(await compute.patchVersion(group, version, fingerprint)) === 'done'",
    replace: '(await compute.patchVersion(group, version, fingerprint)) !== undefined',
  },
  {
    name: 'a-release-that-failed-is-gone-back-to',
    file: 'src/release/ledger/ledger.ts',
    find: "outcome === 'verified' && release !== otherThan",
    replace: 'outcome !== null && release !== otherThan',
  },
  {
    name: 'a-zonal-group-is-looked-for-in-the-region',
    file: 'src/google/compute/group-reference.ts',
    find: '/${kind}/${location}/instanceGroupManagers/${name}`',
    replace: '/regions/${region}/instanceGroupManagers/${name}`',
  },
  {
    name: 'who-is-not-let-in-waits-for-better-times',
    file: 'src/release/passing.ts',
    find: 'return error instanceof ActionError && error.isPassing',
    replace: 'return error instanceof ActionError',
  },
  {
    name: 'a-refusal-is-not-told',
    file: 'src/google/client.ts',
    find: '${service} answered ${failure.status}${reason}: ${failure.message}`',
    replace: '${service} gave no good answer.`',
  },
  {
    name: 'nothing-is-tried-again',
    file: 'src/google/client.ts',
    find: 'return status === 408 || status === 429 || status >= 500',
    replace: 'return status === 408',
  },
]
