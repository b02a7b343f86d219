/** What stands under a name; a link is never followed. */
export type TreeKind = 'file' | 'folder' | 'link' | 'socket' | 'pipe' | 'device'

/** A name in a folder. */
export interface TreeNode {
  /** With U+FFFD where the name is no UTF-8. */
  readonly name: string
  readonly kind: TreeKind
  readonly isUtf8: boolean
}

/** What is known of a path without opening it. */
export interface TreeFacts {
  readonly kind: TreeKind
  /** 0 for anything but a file. */
  readonly sizeBytes: number
  /** For its owner; the rest depends on the umask of who checked out. */
  readonly isExecutable: boolean
  /** Set-user-id, set-group-id or sticky. */
  readonly hasSpecialBits: boolean
  /** Of a link, as it is written. */
  readonly target?: string
}

/** Reads folders and files of this machine. Paths are absolute; failures carry the system's `code`. */
export interface Tree {
  /** The same place with every link followed. */
  resolve(path: string): Promise<string>
  /** In no order. */
  list(folder: string): Promise<readonly TreeNode[]>
  inspect(path: string): Promise<TreeFacts>
  /**
   * The content of a file that had `sizeBytes` when it was inspected. A chunk is valid until the
   * next one is asked for.
   *
   * @throws FileChangedError when it has another size or time by now, or is no file any more
   */
  read(path: string, sizeBytes: number, signal: AbortSignal): AsyncIterable<Uint8Array>
}

/** A file is not what it was when it was listed. */
export class FileChangedError extends Error {
  readonly code = 'FILE_CHANGED'
}
