import { type Html, html } from '../markup/html.ts'
import type { GroupState, VacancyState, VmState } from '../state/group.ts'
import type { ReleaseColours } from './release.ts'
import { badge, nothing, since, type Tone } from './words.ts'

const PHASES = ['booting', 'secrets', 'pulling', 'starting', 'ready']

/** The groups, each with a card for every VM. */
export function renderGroups(groups: readonly GroupState[], colours: ReleaseColours): Html {
  if (groups.length === 0) return nothing('No instance group yet. The first deploy makes it.')
  return html`${groups.map((group) => renderGroup(group, colours))}`
}

function renderGroup(group: GroupState, colours: ReleaseColours): Html {
  const { name, location, targetSize, vms, vacancies } = group
  const serving = vms.filter(({ serves }) => serves).length
  return html`<article data-key="group-${name}">
<header class="bar"><h3>${name}</h3>${badgeOf(group)}<span class="muted">${location}</span>
${group.shortages.map((shortage) => badge('warn', shortage))}</header>
<dl class="facts">
<div><dt>serving</dt><dd><b>${serving}</b> of ${targetSize}</dd></div>
<div><dt>wanted</dt><dd>${group.versions.map((release) => colours.chip(release))}</dd></div>
</dl>
<div class="vms">${byAge(vms).map((vm) => renderVm(vm, colours))}${vacancies.map(renderVacancy)}</div>
</article>`
}

function badgeOf({ isStable, isVersionReached }: GroupState): Html {
  if (isStable && isVersionReached) return badge('good', 'stable')
  return badge('busy', isVersionReached ? 'changing' : 'rolling')
}

function byAge(vms: readonly VmState[]): readonly VmState[] {
  return [...vms].sort((a, b) => a.createdAtMs - b.createdAtMs || a.name.localeCompare(b.name))
}

function renderVm(vm: VmState, colours: ReleaseColours): Html {
  const [tone, word] = describe(vm)
  return html`<section class="vm ${colours.classOf(vm.release)} ${tone}" data-key="vm-${vm.id}" aria-label="VM ${vm.name}">
<header><strong>${vm.name}</strong>${badge(tone, word)}</header>
<p>${colours.chip(vm.release)}</p>
${renderPhases(vm)}
<dl>
<div><dt>zone</dt><dd>${vm.zone}</dd></div>
<div><dt>health</dt><dd>${vm.health.toLowerCase()}</dd></div>
<div><dt>machine</dt><dd>${vm.machineType}${vm.isSpot && ' · Spot'}</dd></div>
<div><dt>address</dt><dd>${renderAddress(vm)}</dd></div>
<div><dt>age</dt><dd>${since(vm.createdAtMs)}</dd></div>
</dl></section>`
}

function renderAddress({ address, port, serves }: VmState): Html {
  if (address === '') return html`<span class="muted">none yet</span>`
  const where = port === '' ? address : `${address}:${port}`
  if (!serves || port === '') return html`<code>${where}</code>`
  return html`<a href="http://${where}/" target="_blank" rel="noopener noreferrer"><code>${where}</code></a>`
}

/** One word for all that Google and the VM itself say. */
function describe(vm: VmState): readonly [tone: Tone, word: string] {
  if (vm.phase === 'failed') return ['bad', 'failed']
  if (vm.status === 'TERMINATED') return ['warn', 'preempted']
  if (vm.action === 'DELETING' || vm.status === 'STOPPING') return ['quiet', 'leaving']
  if (vm.serves) return ['good', 'serving']
  if (vm.status !== 'RUNNING') return ['busy', vm.status.toLowerCase()]
  if (vm.phase !== 'ready') return ['busy', vm.phase || 'running']
  return vm.health === 'UNHEALTHY' ? ['bad', 'unhealthy'] : ['busy', 'being checked']
}

/** The way of a boot, with the step where it is or where it failed. */
function renderPhases({ phase, detail }: VmState): Html {
  const at = PHASES.indexOf(phase)
  const said = `${phase === '' ? 'not booted yet' : phase}${detail === '' ? '' : `: ${detail}`}`
  const step = (index: number): string => {
    if (phase === 'failed' || phase === 'stopping') return phase
    if (index < at || at === PHASES.length - 1) return 'done'
    return index === at ? 'now' : ''
  }
  return html`<div class="phases" role="img" aria-label="boot: ${said}">${PHASES.map((_, index) => html`<i class="${step(index)}"></i>`)}</div>
<p class="said" title="${said}">${said}</p>`
}

function renderVacancy({ name, zone, problem }: VacancyState): Html {
  return html`<section class="vm c-none vacant" data-key="vacancy-${name}" aria-label="No VM for ${name}">
<header><strong>${name}</strong>${badge('busy', 'no VM')}</header>
<p class="said">${problem === '' ? 'being made' : problem}</p>
<dl><div><dt>zone</dt><dd>${zone}</dd></div></dl></section>`
}
