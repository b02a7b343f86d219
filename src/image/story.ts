import type { GoogleClient } from '../google/client.ts'
import type { Stopwatch } from '../lib/stopwatch.ts'
import type { Clock, CommandRunner, Files, Log } from '../ports.ts'
import type { BuildPorts, BuiltImage } from './build/build.ts'
import type { Builder } from './build/builder.ts'
import type { BuildOptions } from './build/command.ts'
import type { ExistingImage } from './existing.ts'
import type { AllowList } from './gate/allow-list.ts'
import type { ByteStreams } from './gate/image/source.ts'
import type { ImageRepository } from './reference.ts'
import type { Recipe, SignedIn, Source, SourcePorts } from './source.ts'

export interface ImagePorts extends BuildPorts, SourcePorts {
  readonly commands: CommandRunner
  readonly files: Files
  readonly google: GoogleClient
  readonly streams: ByteStreams
  readonly clock: Clock
  readonly log: Log
}

/** What becomes the image; fields are named as the inputs are. */
export interface ImageRequest extends Recipe {
  /** A reference to deploy as it is; undefined: the image is built. */
  readonly image: string | undefined
  readonly rebuildAfterMs: number
}

export interface ImageOptions {
  /** Where the images of this service are; undefined before the first apply. */
  readonly repository: Promise<ImageRepository | undefined>
  /** Where they will be, should nobody say otherwise. */
  readonly fallback: ImageRepository
  readonly commit: string
  /** URL of the repository, for the image's labels. */
  readonly sourceUrl: string
  /** A folder of ours outside the workspace. */
  readonly workDirectory: string
  readonly steps: Stopwatch
  readonly signal: AbortSignal
}

/** An image that only has to be brought where the VMs find it, if it is not there yet. */
export type PreparedImage =
  | { readonly kind: 'existing'; readonly image: ExistingImage }
  | { readonly kind: 'known'; readonly repository: ImageRepository; readonly digest: string }
  | {
      readonly kind: 'built'
      readonly builder: Builder
      readonly options: BuildOptions
      readonly image: BuiltImage
      /** Under which it is found again. */
      readonly tag: string
      /** Under which its layers are kept for the next build; undefined where they are not. */
      readonly cacheTag: string | undefined
    }

/** One image: what is wanted, with what, and where. */
export interface Story {
  readonly ports: ImagePorts
  readonly request: ImageRequest
  readonly options: ImageOptions
}

/** Something that must be built, and may be. */
export interface Buildable {
  readonly builder: Builder
  readonly source: Source
  readonly allowList: AllowList
  readonly signedIn: SignedIn
  /** What the source has become meanwhile. */
  readonly readAgain: (signal: AbortSignal) => Promise<Source>
  /** Undefined where no repository is there yet. */
  readonly repository: ImageRepository | undefined
  /** The same source was built before, and too long ago. */
  readonly isStale: boolean
}
