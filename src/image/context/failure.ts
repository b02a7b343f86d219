import { ActionError } from '../../errors.ts'
import { FileChangedError } from './tree.ts'

/**
 * What is thrown when `path`, a part of the build context, cannot be read. An abort and an error
 * that is ours already stay what they are.
 */
export function unreadable(path: string, cause: unknown, signal: AbortSignal): unknown {
  if (signal.aborted || cause instanceof ActionError) return signal.aborted ? signal.reason : cause
  const code = codeOf(cause)
  if (cause instanceof FileChangedError || GONE.has(code)) return changed(path, cause)
  if (DENIED.has(code)) return denied(path, cause)
  const why = cause instanceof Error ? cause.message : String(cause)
  return new ActionError('IMAGE_CONTEXT', `${path} cannot be read for the image: ${why}`, { cause })
}

// The last three: something else than a file stands there by now.
const GONE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENXIO', 'EAGAIN'])
const DENIED = new Set(['EACCES', 'EPERM'])

/** The system's code of a failure, or empty. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}

function changed(path: string, cause: unknown): ActionError {
  return new ActionError(
    'IMAGE_CONTEXT',
    `${path} changed or vanished while it was read for the image, so what would be built is not certain.`,
    {
      cause,
      hint: 'Let earlier steps end before this one, or name the path in .dockerignore if the image does not need it.',
    }
  )
}

function denied(path: string, cause: unknown): ActionError {
  return new ActionError('IMAGE_CONTEXT', `${path} cannot be read for the image: no permission.`, {
    cause,
    // BuildKit itself says nothing and builds with an empty file.
    hint: `Run \`sudo chmod -R a+rX ${quoted(path)}\` before this step, or name the path in .dockerignore if the image does not need it.`,
  })
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}

/** A pattern or line that Docker cannot use either: it refuses it, or stops listening there. */
export function refusedIgnoreFile(ignoreFile: string, cause: unknown): unknown {
  if (!(cause instanceof SyntaxError || cause instanceof RangeError)) return cause
  return new ActionError('IMAGE_CONTEXT', `${ignoreFile} is not valid: ${cause.message}.`, {
    cause,
    hint: 'Docker cannot use it either: mend it or take it out.',
  })
}
