import { rolloutFailure } from '../../../../src/release/failure.ts'
import { GroupWatch, watchUntilVerdict } from '../../../../src/release/watch.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { type CloudVm, FakeCloud } from '../../../fakes/fake-cloud.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import { IMAGE, POLICY, RELEASE } from '../situations.ts'

/** What a VM that runs the release reports. */
export const READY = { phase: 'ready', detail: '', release: RELEASE, image: IMAGE }
/** A VM of the release, as the cloud shows it. */
export const aVm = (more: Partial<CloudVm> = {}): CloudVm => ({
  name: 'vm-a',
  version: RELEASE,
  health: 'HEALTHY',
  report: READY,
  ...more,
})

/** A watch of a group of one, all of it where it should be. */
export function setUp({ policy = POLICY, signal = new AbortController().signal } = {}) {
  const clock = new FakeClock()
  const cloud = new FakeCloud(clock)
  const log = new RecordingLog()
  cloud.set({ versions: [{ name: RELEASE, instanceTemplate: 't' }] })
  cloud.vms = [aVm()]
  const startedAtMs = clock.now()
  const ports = { compute: cloud.clients(signal).compute, clock, log }
  const options = { group: 'mervis', policy, signal }
  const watch = new GroupWatch(ports, options)
  const watchSince = (sinceMs: number) => watchUntilVerdict(ports, { ...options, sinceMs })
  const elapsedMs = (): number => clock.now() - startedAtMs
  /** The failure that a deploy would end with. */
  const failure = async () => {
    const { verdict } = await watch.untilVerdict()
    if (verdict.kind === 'verified') throw new Error('nobody expects this to be verified')
    return rolloutFailure(verdict, { group: 'mervis', policy, kind: 'deploy' })
  }
  return { clock, cloud, log, watch, watchSince, elapsedMs, failure }
}

/** The most questions that one VM got within any window of this length. */
export function mostWithin(questions: FakeCloud['questions'], windowMs: number): number {
  return Math.max(
    0,
    ...questions.map(
      ({ vm, atMs }) =>
        questions.filter(
          (other) => other.vm === vm && other.atMs >= atMs && other.atMs < atMs + windowMs
        ).length
    )
  )
}
