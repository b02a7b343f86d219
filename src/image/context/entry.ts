/** One thing that the builder gets. */
export interface ContextEntry {
  /** From the top of the context, with `/` between and none in front. */
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link'
  /** By its owner; always false for what is no file. */
  readonly isExecutable: boolean
  readonly sizeBytes: number
  /** Of a link, as it is written; it is never followed. */
  readonly target?: string
}
