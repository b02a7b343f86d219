import { ActionError } from '../../../errors.ts'
import { abortable } from '../../../lib/abortable.ts'
import { TarError } from '../../tar/header.ts'
import type { Allowances, GatedFinding, Scanner } from '../findings.ts'
import { type ArchiveOptions, ImageArchive } from './archive.ts'
import { scanConfig, scanText } from './config-scan.ts'
import { readHistory, renderStep, type Step } from './history.ts'
import { type ArchivedImage, type ArchivedLayer, findImages, LayoutError } from './images.ts'
import type { LayerScan } from './layer-scan.ts'
import { scanProvenance } from './provenance.ts'
import { type ImageSource, StreamError } from './source.ts'

export interface ImageScanOptions {
  readonly scanner: Scanner
  /** Diff ids of the base, from below; those of several platforms one behind the other. */
  readonly baseLayers: readonly string[]
  readonly allowList: Allowances
  readonly signal: AbortSignal
}

/**
 * Looks for secrets in what the image adds to its base: the files of all layers, those that a later
 * layer removes included, the config and the history. Of every platform.
 *
 * @throws ActionError IMAGE_SECRETS when the image cannot be looked through
 */
export async function searchImage(
  source: ImageSource,
  options: ImageScanOptions
): Promise<readonly GatedFinding[]> {
  try {
    const archive = await readArchive(source, options)
    const images = findImages((path) => archive.document(path))
    const inLayers = images.flatMap((image) =>
      searchLayers(archive, image, options, images.length > 1)
    )
    const beside = [
      ...images.flatMap((image) => searchConfig(image, options)),
      ...scanProvenance(archive.documents.values(), options.scanner),
    ].filter((finding) => !options.allowList.allows(finding.path, finding))
    return withoutRepetition([...inLayers, ...beside])
  } catch (error) {
    options.signal.throwIfAborted()
    throw error instanceof ActionError ? error : unsearchable(source, error)
  }
}

async function readArchive(source: ImageSource, options: ImageScanOptions): Promise<ImageArchive> {
  const { baseLayers } = options
  // A layer that is not compressed has its diff id for a name.
  const known = new Set(baseLayers.map((diffId) => `blobs/${diffId.replace(':', '/')}`))
  if (source.isFile && baseLayers.length > 0) {
    for (const path of await findBasePaths(source, options)) known.add(path)
  }
  return await readThrough(source, options, {
    isKnown: (path) => known.has(path),
    passesOverLayers: false,
  })
}

/** A large base costs more to unpack than a file costs to be read twice. */
async function findBasePaths(
  source: ImageSource,
  options: ImageScanOptions
): Promise<readonly string[]> {
  const choice = { isKnown: () => false, passesOverLayers: true }
  const archive = await readThrough(source, options, choice)
  const base = new Set(options.baseLayers)
  return findImages((path) => archive.document(path))
    .flatMap(({ layers }) => layers)
    .filter(({ diffId }) => base.has(diffId))
    .map(({ path }) => path)
}

async function readThrough(
  source: ImageSource,
  { signal, scanner, allowList }: ImageScanOptions,
  choice: Pick<ArchiveOptions, 'isKnown' | 'passesOverLayers'>
): Promise<ImageArchive> {
  const archive = new ImageArchive({ scanner, allowList, ...choice })
  try {
    for await (const bytes of source.open(signal)) {
      signal.throwIfAborted()
      archive.write(bytes)
      const { pending } = archive
      if (pending) await abortable(signal, () => pending)
    }
    archive.end()
    return archive
  } finally {
    archive.close()
  }
}

function searchLayers(
  archive: ImageArchive,
  image: ArchivedImage,
  options: ImageScanOptions,
  isOneOfMany: boolean
): readonly GatedFinding[] {
  const base = new Set(options.baseLayers)
  const steps = readHistory(image.config)
  return image.layers.flatMap((layer, index) => {
    if (base.has(layer.diffId)) return []
    const scan = archive.layer(layer.path)
    const title = `layer ${index + 1} of ${image.layers.length}`
    expectWhole(scan, layer, title)
    if (scan.findings.length === 0) return []
    const madeBy = describeStep(steps, index, options.scanner)
    const where = `${isOneOfMany ? `${image.platform}, ` : ''}${title}${madeBy}`
    return scan.findings.map((finding) => ({ ...finding, layer: where }))
  })
}

function expectWhole(
  scan: LayerScan | undefined,
  { diffId }: ArchivedLayer,
  title: string
): asserts scan is LayerScan {
  if (scan === undefined) throw new LayoutError(`names ${title}, but does not hold it`)
  if (scan.problem !== undefined) throw new LayoutError(`has a ${title} that ${scan.problem}`)
  // Where the unpacking ended early, the digest tells.
  if (scan.digest !== undefined && scan.digest !== diffId) {
    throw new LayoutError(`has a ${title} whose content is not the one that its config names`)
  }
}

function describeStep(steps: readonly Step[], index: number, scanner: Scanner): string {
  const step = steps.find(({ layer }) => layer === index)
  if (step === undefined || step.createdBy === '') return ''
  const hasSecret = scanText(scanner, 'history', step.createdBy).length > 0
  return ` (${renderStep(step, hasSecret)})`
}

function searchConfig(
  image: ArchivedImage,
  { baseLayers, scanner }: ImageScanOptions
): readonly GatedFinding[] {
  const steps = readHistory(image.config)
  const lastOfBase = countBaseLayers(image, baseLayers) - 1
  const ownFrom = lastOfBase < 0 ? 0 : steps.findIndex(({ layer }) => layer === lastOfBase) + 1
  const history = { base: steps.slice(0, ownFrom), own: steps.slice(ownFrom) }
  return scanConfig(image.config, history, scanner)
}

/**
 * How many layers from below are the base's. A step such as WORKDIR makes the same empty layer
 * everywhere, so that a layer which the base has somewhere may still be one of ours.
 */
function countBaseLayers({ layers }: ArchivedImage, baseLayers: readonly string[]): number {
  const starts = baseLayers.flatMap((diffId, at) => (diffId === layers[0]?.diffId ? [at] : []))
  const lengths = starts.map((start) => {
    const other = layers.findIndex(({ diffId }, index) => diffId !== baseLayers[start + index])
    return other < 0 ? layers.length : other
  })
  return Math.max(0, ...lengths)
}

/** Platforms share layers, and steps their build arguments. */
function withoutRepetition(found: readonly GatedFinding[]): readonly GatedFinding[] {
  const keyOf = ({ path, rule, line, layer }: GatedFinding): string =>
    JSON.stringify([path, rule, line, layer])
  return [...new Map(found.map((finding) => [keyOf(finding), finding])).values()]
}

function unsearchable(source: ImageSource, error: unknown): unknown {
  const why = reasonOf(error)
  if (why === undefined) return error
  return new ActionError(
    'IMAGE_SECRETS',
    `The image ${source.name} could not be searched for secrets: ${why.replace(/[.!?]$/, '')}.`,
    { cause: error, hint: 'Nothing was pushed. Run the job again.' }
  )
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof TarError) return `its archive ${error.message}`
  if (error instanceof LayoutError) return `it ${error.message}`
  return error instanceof StreamError ? error.message : undefined
}
