/**
 * Bytes from outside, as they come. Aborting ends the reading and whatever writes them, and so does
 * it when nobody wants more. @throws StreamError where they end too early
 */
export interface ByteStreams {
  /** Standard output of a tool; without its whole output it is a failure, told by its last words. */
  ofTool(tool: string, args: readonly string[], signal: AbortSignal): AsyncIterable<Buffer>
  ofFile(path: string, signal: AbortSignal): AsyncIterable<Buffer>
}

/** Why there are no more bytes, in words that end a sentence. */
export class StreamError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StreamError'
  }
}

/** A built image as one tar archive, of any of the layouts that engines and builders write. */
export interface ImageSource {
  readonly name: string
  /** Whether opening it again is cheap. */
  readonly isFile: boolean
  open(signal: AbortSignal): AsyncIterable<Buffer>
}

/** An image of the engine, by id or tag. */
export function engineImage(streams: ByteStreams, image: string): ImageSource {
  return {
    name: image,
    isFile: false,
    open: (signal) => streams.ofTool('docker', ['image', 'save', image], signal),
  }
}

/** The file that `docker buildx build --output type=oci,dest=PATH` writes. */
export function layoutFile(streams: ByteStreams, path: string): ImageSource {
  return { name: path, isFile: true, open: (signal) => streams.ofFile(path, signal) }
}
