import { makeIgnoreFile } from './patterns.ts'
import type { Random } from './random.ts'

/** Something to be laid down in an empty folder; `link` gives where it leads. */
export interface Item {
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link'
  readonly content: string
  readonly isExecutable: boolean
}

export interface ContextCase {
  /** Inside `context/`, except for those that begin with `../`. */
  readonly items: readonly Item[]
  /** From `context/`. */
  readonly dockerfile: string
}

/** Of every case. */
export const DOCKERFILE = 'FROM scratch\nCOPY . /\n'

const NAMES = [
  'a',
  'b',
  'c',
  'A',
  'ab',
  'abc',
  'a.b',
  '.a',
  '.git',
  'node_modules',
  'src',
  'Src',
  'a b',
  ' a',
  'a ',
  '[a]',
  'a]',
  'a*',
  'a?',
  '!a',
  '#a',
  'a\\b',
  '\\a',
  '^a',
  'a^b',
  'a$',
  '(a)',
  'a+b',
  '{a}',
  'a|b',
  'é',
  'e\u0301',
  '日本',
  '𝒳',
  '\u{1F600}',
  'a-b',
  '-',
  '~',
  '...',
  '0',
  '7',
  'a\nb',
  'a\tb',
  'a,b',
  "a'b",
  'a%20b',
  '**',
  'Z',
] as const
const PLAIN = ['a', 'b', 'c', 'ab', 'a.b', '.a', 'src', 'keep'] as const

/** A folder and its ignore file, made to be hard. */
export function makeCase(
  random: Random,
  options: { readonly hasLinkedIgnoreFiles: boolean }
): ContextCase {
  const names: readonly string[] = random.chance(0.5) ? PLAIN : NAMES
  const items = new Map<string, Item>()
  fill(random, { items, names, folder: '', depth: 0 })
  const paths = [...items.keys()]
  const dockerfile = placeDockerfile(random, items, paths)
  const add = (path: string): void => {
    items.set(path, {
      path,
      kind: 'file',
      content: makeIgnoreFile(random, paths, dockerfile),
      isExecutable: false,
    })
  }
  if (random.chance(0.93)) {
    if (options.hasLinkedIgnoreFiles && random.chance(0.08)) linkIgnoreFile(random, items, add)
    else add('.dockerignore')
  }
  if (random.chance(0.12)) add(`${dockerfile}.dockerignore`)
  return { items: [...items.values()], dockerfile }
}

interface Filling {
  readonly items: Map<string, Item>
  readonly names: readonly string[]
  readonly folder: string
  readonly depth: number
}

function fill(random: Random, filling: Filling): void {
  const { items, names, folder, depth } = filling
  const count = depth === 0 ? 2 + random.below(6) : random.below(4)
  for (let i = 0; i < count; i += 1) {
    const name = names[random.below(names.length)] ?? 'a'
    const path = folder === '' ? name : `${folder}/${name}`
    if (items.has(path)) continue
    const roll = random.number()
    const isExecutable = random.chance(0.2)
    if (roll < 0.45 && depth < 4) {
      items.set(path, { path, kind: 'folder', content: '', isExecutable: false })
      fill(random, { ...filling, folder: path, depth: depth + 1 })
    } else if (roll < 0.55) {
      items.set(path, {
        path,
        kind: 'link',
        content: linkTarget(random, names),
        isExecutable: false,
      })
    } else {
      items.set(path, { path, kind: 'file', content: `content of ${path}`, isExecutable })
    }
  }
}

function linkTarget(random: Random, names: readonly string[]): string {
  const name = names[random.below(names.length)] ?? 'a'
  return random.pick([
    name,
    '.',
    '..',
    `../${name}`,
    `/${name}`,
    '/etc/passwd',
    'no/where',
    `./${name}/x`,
  ])
}

function placeDockerfile(
  random: Random,
  items: Map<string, Item>,
  paths: readonly string[]
): string {
  const folders = paths.filter((path) => items.get(path)?.kind === 'folder')
  const folder = folders[random.below(folders.length)]
  const place = random.pick([
    'Dockerfile',
    'Dockerfile',
    'Dockerfile',
    'dockerfile',
    'a.Dockerfile',
    '../Dockerfile',
    '../x/Dockerfile',
    'in',
  ])
  const path = place !== 'in' ? place : folder === undefined ? 'Dockerfile' : `${folder}/Dockerfile`
  if (items.has(path)) items.delete(path)
  items.set(path, { path, kind: 'file', content: DOCKERFILE, isExecutable: false })
  return path
}

function linkIgnoreFile(
  random: Random,
  items: Map<string, Item>,
  add: (path: string) => void
): void {
  const place = random.pick(['ignores', 'folder/ignores', '../ignores'])
  if (place.startsWith('folder/')) {
    items.set('folder', { path: 'folder', kind: 'folder', content: '', isExecutable: false })
  }
  add(place)
  const target = random.pick([place, `/${place}`, `../../${place}`, `./x/../${place}`, 'nowhere'])
  items.set('.dockerignore', {
    path: '.dockerignore',
    kind: 'link',
    content: target,
    isExecutable: false,
  })
}
