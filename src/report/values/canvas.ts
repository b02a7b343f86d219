import type { Masker } from '../masking/masker.ts'
import {
  holdsSettings,
  isReference,
  isSecretMember,
  isSecretName,
  NAMING_MEMBERS,
  VALUE_MEMBER,
} from '../masking/names.ts'
import type { BodyWriter } from './body.ts'
import { renderName } from './literal.ts'
import { childOf } from './tree.ts'

/** What the lines of one resource are drawn with. */
export interface Canvas {
  readonly body: BodyWriter
  readonly masker: Masker
  /** Paths whose change forces a replacement. */
  readonly forcing: ReadonlySet<string>
  /** Whether the thing is new: what only the apply can tell of it is named on one line. */
  readonly isNew: boolean
}

/** Where a value stands, and what is written around it. */
export interface Place {
  /** Such as `size = `, `disk `, or nothing in a list. */
  readonly label: string
  /** What closes what the label has opened, such as the bracket of `jsonencode(`. */
  readonly close: string
  /** Name of the attribute or key; that of the list for its elements. */
  readonly name: string
  /** Whether its members are settings of a program, and may be secret by their names. */
  readonly isSettings: boolean
  readonly path: string
  /** Whether its members are attributes and blocks, which are left out when nobody has set them. */
  readonly isBody: boolean
  /** Whether it is such a member itself. */
  readonly isAttribute: boolean
  readonly depth: number
  /** Whether the names around say that the value is a secret. */
  readonly isSecret: boolean
}

/** Past this, HCL and people have long given up. */
export const DEEPEST = 50

export const ROOT: Place = {
  label: '',
  close: '',
  name: '',
  isSettings: false,
  path: '',
  isBody: true,
  isAttribute: false,
  depth: 0,
  isSecret: false,
}

/** A path of a plan as one text. */
export function pathKey(steps: readonly unknown[]): string {
  return steps.map((step) => `/${String(step)}`).join('')
}

/** The place of a member of an object, which may be there before, after, or both. */
export function memberPlace(canvas: Canvas, outer: Place, member: Member): Place {
  const { name } = member
  return {
    label: `${renderName(name, canvas.masker)} = `,
    close: '',
    name,
    isSettings: outer.isSettings || holdsSettings(name),
    path: `${outer.path}/${name}`,
    isBody: false,
    isAttribute: outer.isBody,
    depth: outer.depth + 1,
    isSecret: isSecret(member, outer),
  }
}

interface Member {
  readonly name: string
  /** Who has it. */
  readonly owners: Sides
  readonly values: Sides
}

interface Sides {
  readonly before: unknown
  readonly after: unknown
}

/** Where the names of either side say so, nobody gets to see the other side. */
function isSecret({ name, owners, values }: Member, outer: Place): boolean {
  const isNamedSo = isSecretMember(name, outer.isSettings)
  return (['before', 'after'] as const).some((side) => {
    const value = values[side]
    if (typeof value === 'string' && isReference(value)) return false
    if (typeof value !== 'string' && typeof value !== 'number') return false
    return isNamedSo || isValueOfSecret(name, owners[side])
  })
}

/** The place of what stands as JSON in a text: such are settings of programs. */
export function jsonPlace(place: Place): Place {
  return {
    ...place,
    label: `${place.label}jsonencode(`,
    close: `)${place.close}`,
    isSettings: true,
    isBody: false,
    isAttribute: false,
    depth: place.depth + 1,
  }
}

export function elementPlace(outer: Place, index: number): Place {
  return {
    label: '',
    close: '',
    name: outer.name,
    isSettings: outer.isSettings,
    path: `${outer.path}/${index}`,
    isBody: false,
    isAttribute: false,
    depth: outer.depth + 1,
    isSecret: outer.isSecret,
  }
}

/** A block of a list of blocks: `disk {`. */
export function blockPlace(canvas: Canvas, outer: Place, index: number): Place {
  return {
    ...elementPlace(outer, index),
    label: `${renderName(outer.name, canvas.masker)} `,
    isBody: true,
  }
}

export function forcingNote({ forcing }: Canvas, { path }: Place): string {
  return forcing.size > 0 && forcing.has(path) ? ' # forces replacement' : ''
}

/** Whether a list is written as blocks: the schema is not in the plan, but blocks are objects. */
export function isBlockList(place: Place, ...sides: readonly unknown[]): boolean {
  const lists = sides.filter((side) => Array.isArray(side)).filter(({ length }) => length > 0)
  return (
    place.isAttribute &&
    lists.length > 0 &&
    lists.every((list) =>
      list.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    )
  )
}

// `{ name = "DB_PASSWORD", value = "…" }`, as Cloud Run and others spell an environment.
function isValueOfSecret(name: string, owner: unknown): boolean {
  if (!VALUE_MEMBER.test(name)) return false
  return NAMING_MEMBERS.some((naming) => {
    const text = childOf(owner, naming)
    return typeof text === 'string' && isSecretName(text)
  })
}
