import { counted } from '../markdown.ts'
import { prose } from './prose.ts'
import type { VmRow } from './rollout-story.ts'

/** More are counted: who has a thousand VMs asks for them in another way. */
const MOST_ROWS = 20

/** The VMs, one in each row; empty without any. */
export function renderVms(vms: readonly VmRow[]): string {
  if (vms.length === 0) return ''
  // After a failure nobody asked for addresses: then there is no such column.
  const hasAddresses = vms.some(({ address }) => address !== undefined)
  const rows = vms.slice(0, MOST_ROWS).map((vm) => renderRow(cellsOf(vm, hasAddresses)))
  const hidden = vms.length - rows.length
  const more = hidden > 0 ? `\n\n<sub>and ${counted(hidden, 'more VM')}</sub>` : ''
  const titles = ['VM', 'zone', 'release', 'image', 'health', ...(hasAddresses ? ['address'] : [])]
  const head = `${renderRow(titles)}\n${renderRow(titles.map(() => '---'))}`
  return `${head}\n${rows.join('\n')}${more}`
}

function cellsOf(vm: VmRow, hasAddresses: boolean): readonly string[] {
  const { name, zone, release, image, health, address } = vm
  const cells = [
    name,
    zone,
    release || 'none yet',
    shortDigest(image),
    health.toLowerCase() || 'not probed',
    ...(hasAddresses ? [address || 'internal only'] : []),
  ]
  return cells.map(renderCell)
}

function renderRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

// A bar ends a cell even inside of code, and Markdown is read inside of HTML's: hence as prose.
function renderCell(text: string): string {
  return text === '' ? ' ' : `<code>${prose(text)}</code>`
}

/** The digest of an image without the part that nobody compares by eye. */
export function shortDigest(image: string): string {
  const [, digest] = /@sha256:([0-9a-f]{12})/.exec(image) ?? []
  return digest === undefined ? image : `sha256:${digest}`
}
