/** A refusal in the shape of the registry protocol; docker prints `code` in words and the message. */
export class RegistryError extends Error {
  readonly httpStatus: 400 | 401 | 403 | 404 | 405 | 416
  readonly code: string

  constructor(httpStatus: RegistryError['httpStatus'], code: string, message: string) {
    super(message)
    this.name = 'RegistryError'
    this.httpStatus = httpStatus
    this.code = code
  }

  toBody(): unknown {
    return { errors: [{ code: this.code, message: this.message }] }
  }
}
