import type { CloudVm, FakeCloud } from '../../../fakes/fake-cloud.ts'
import { BEFORE, IMAGE, RELEASE } from '../situations.ts'

/** Seconds of one VM's life, counted from when the group asks for it. */
interface Life {
  readonly name: string
  readonly startS: number
  readonly runningS: number
  readonly pullingS: number
  readonly startingS: number
  readonly readyS: number
  readonly healthyS: number
  readonly settledS: number
}

export interface Story {
  /** When every VM is ready and the group stable, in ms after the beginning. */
  readonly doneAtMs: number
  /** Lets the cloud show what is true so many ms after the beginning. */
  readonly show: (cloud: FakeCloud, elapsedMs: number) => void
}

export interface Shape {
  readonly size: number
  readonly surge: number
  /** Without a health check the group takes a VM that runs for one that serves. */
  readonly hasHealthCheck?: boolean
}

/** A rollout with surge: `size` VMs in batches, each batch taking the place of as many old ones. */
export function surgeStory(random: () => number, shape: Shape): Story {
  const { size, surge, hasHealthCheck = true } = shape
  const between = (least: number, most: number): number => least + random() * (most - least)
  const lives: Life[] = []
  let startS = 1
  while (lives.length < size) {
    const batch = Array.from({ length: Math.min(surge, size - lives.length) }, (_, index) =>
      lifeOf(`new-${lives.length + index}`, { startS, hasHealthCheck, between })
    )
    lives.push(...batch)
    startS = Math.max(...batch.map(({ settledS }) => settledS)) + between(2, 8)
  }
  const doneAtMs = Math.max(startS, ...lives.map(({ readyS }) => readyS)) * 1_000
  const plot = { lives, size, startS, hasHealthCheck }
  return { doneAtMs, show: (cloud, elapsedMs) => showAt(cloud, plot, elapsedMs) }
}

interface Conditions {
  readonly startS: number
  readonly hasHealthCheck: boolean
  readonly between: (least: number, most: number) => number
}

function lifeOf(name: string, { startS, hasHealthCheck, between }: Conditions): Life {
  const runningS = startS + between(10, 20)
  const pullingS = runningS + between(2, 5)
  const startingS = pullingS + between(5, 30)
  const readyS = startingS + between(1, 12)
  const healthyS = readyS + between(0, 10)
  return {
    name,
    startS,
    runningS,
    pullingS,
    startingS,
    readyS,
    healthyS,
    settledS: (hasHealthCheck ? healthyS : runningS) + between(0, 3),
  }
}

interface Plot {
  readonly lives: readonly Life[]
  readonly size: number
  readonly startS: number
  readonly hasHealthCheck: boolean
}

function showAt(
  cloud: FakeCloud,
  { lives, size, startS, hasHealthCheck }: Plot,
  elapsedMs: number
): void {
  const atS = elapsedMs / 1_000
  const ours = lives
    .filter((life) => life.startS <= atS)
    .map((life) => (hasHealthCheck ? vmAt(life, atS) : unwatched(vmAt(life, atS))))
  const settled = lives.filter(({ settledS }) => settledS <= atS).length
  const left = size - settled
  const old = Array.from({ length: left }, (_, index): CloudVm => {
    return { name: `old-${index}`, version: BEFORE, health: 'HEALTHY' }
  })
  const isLeaving = left === 0 && atS < startS
  const last: CloudVm[] = isLeaving ? [{ name: 'old-0', action: 'DELETING' }] : []
  cloud.vms = [...old, ...last, ...ours]
  const isDone = atS >= startS
  cloud.set({ targetSize: size, isStable: isDone, isReached: isDone, hasHealthCheck })
}

/** The same VM of a group that has nothing to verify. */
function unwatched({ health: _, ...vm }: CloudVm): CloudVm {
  return { ...vm, ...(vm.action === 'VERIFYING' && { action: 'NONE' }) }
}

function vmAt(life: Life, atS: number): CloudVm {
  const { name } = life
  if (atS < life.runningS) return { name, version: RELEASE, action: 'CREATING', status: 'STAGING' }
  const phase = (
    [
      [life.readyS, 'ready'],
      [life.startingS, 'starting'],
      [life.pullingS, 'pulling'],
      [0, 'booting'],
    ] as const
  ).find(([sinceS]) => atS >= sinceS)?.[1]
  return {
    name,
    version: RELEASE,
    action: atS < life.settledS ? 'VERIFYING' : 'NONE',
    health: atS < life.pullingS ? 'UNKNOWN' : atS < life.healthyS ? 'TIMEOUT' : 'HEALTHY',
    report: { phase, detail: '', release: RELEASE, image: IMAGE },
  }
}
