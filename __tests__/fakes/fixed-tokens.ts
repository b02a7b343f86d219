import type { TokenSource } from '../../src/ports.ts'

/** Always the same token: long and odd enough to be found wherever it leaks to. */
export const TOKEN = 'ya29.c.b0Aaekm1K-SECRET_access/token+0123456789'

export const fixedTokens: TokenSource = { accessToken: async () => TOKEN }
