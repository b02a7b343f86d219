import { join } from 'node:path'
import { localTree } from '../../../../src/adapters/disk/tree.ts'
import {
  type BuildContext,
  type ContextOptions,
  readBuildContext,
} from '../../../../src/image/context/build-context.ts'
import { type Layout, layFolder } from './laid-folder.ts'

const { signal } = new AbortController()

type Builder = ContextOptions['builder']

/** Of the folder `c` in the layout; `dockerfile` is named from there. */
export async function readLaid(
  layout: Layout,
  {
    builder = 'buildkit',
    dockerfile = 'Dockerfile',
  }: { builder?: Builder; dockerfile?: string } = {}
): Promise<BuildContext> {
  await using folder = await layFolder(layout)
  const root = join(folder.path, 'c')
  const options = { root, dockerfile: join(root, dockerfile), builder, signal }
  return await readBuildContext(localTree, options)
}

export const pathsOf = ({ entries }: BuildContext): readonly string[] =>
  entries.map(({ path }) => path)
