import { createHash } from 'node:crypto'

/** Enough of a SHA-256 that no other value of anybody's has it. */
const SHOWN_DIGITS = 16

/**
 * Values that everybody has: printed in standards and manuals, or part of the tests that packages
 * install. Whoever ships one of them ships no secret. A key counts by its decoded bytes, anything else
 * by its text, so a fixture is known wherever it lies.
 */
const KNOWN: ReadonlySet<string> = new Set([
  // CPython: the certificates of its test suite.
  ...[
    '0184db1f82d1cba1',
    '04fdc27881ec43f2',
    '082122d34a0c10ff',
    '098136f59b60cc0d',
    '0a5d37ad1b744b5a',
  ],
  ...[
    '0e0697954830abae',
    '1093f6ea15cfb2f9',
    '24639cdb7b362df2',
    '30325068603a16a0',
    '34b57c7e4b9121ff',
  ],
  ...[
    '47698284e7e71daf',
    '4cf2a44a9f940b12',
    '4ff6fb05a3da6ae5',
    '676951ec40b98fb5',
    '6f120e9f72fd4537',
  ],
  ...[
    '73f9064b8a4be3e0',
    '783955de94876aad',
    '810b2b7f978cd2df',
    '83d4d09f6eb60626',
    '8547eb983f31a400',
  ],
  ...[
    '85f11ff5a5107ed9',
    '8d827189fa61f0c0',
    '8ffef375b96e9528',
    '9fb1ee4f614279a7',
    'a70f24304eba8198',
  ],
  ...[
    'aa937c270bfefeac',
    'aaa20ba84e1bafab',
    'bed0ab27bb11479e',
    'cf1db3df60313e91',
    'd571cb8b3c8c569f',
  ],
  ...['e10264e38e69d0ae', 'f022ad7b79455ba6', 'f139e02d7543073f', 'fb7f6509e3ab7681'],
  // gevent, tornado, twisted: keys of their tests.
  ...[
    '051848dd074db519',
    '0a2752b0357bf66f',
    '1de5ac5cb37d8d36',
    '31761af00a5f2840',
    '47921b0a6df31713',
  ],
  ...[
    '4cfba72f445e7d7d',
    '51f172e9fcd409db',
    '568ff063f1396d19',
    '5d9b829e08e7ccef',
    '61454321ddf8dc45',
  ],
  ...[
    '7029036295be093b',
    '7b8a7f7a95bb59c1',
    '87cdfce81c567ef4',
    '88f3145770d602b6',
    '88fe695fe42d8ecb',
  ],
  ...[
    '929bd67eaab58257',
    'a26741c999733d90',
    'a81ee152a2b8b5de',
    'ae3695311b4c04f6',
    'e6dab686eed8a29f',
  ],
  ...['f4e80f54f0be5996'],
  // PyCryptodome: its self test, with the vectors of NIST and of RFC drafts.
  ...[
    '19b50af4e529a2d2',
    '2983f7b9489d0065',
    '2da1a57f2aba15d6',
    '371ce2e630fad756',
    '4958e0437a747ecb',
  ],
  ...[
    '4c5b7750a9e24c7d',
    '4d490557774aa7ad',
    '636a9136612e1625',
    '67a45b723a903103',
    '6e0964346c8b5765',
  ],
  ...[
    '74790c6a7abbf872',
    '77287e1830ccf96d',
    '78f1cd2051065b20',
    '7d941a6f0509df82',
    '8f3649b5971d8ef0',
  ],
  ...[
    '93c2ddc6d96963da',
    '983e6e4aafe5aadf',
    'a853f65ad0b3b33b',
    'ab1488ef9c80609d',
    'aed2272a4669f8cf',
  ],
  ...[
    'c1f4b06b91e04dad',
    'c4c34b9203ce49c5',
    'd397bea55ed0a9b9',
    'e898149519311d5b',
    'ead929f420026605',
  ],
  ...['f3d47b7ca96b0621', 'f895617db25d5d65'],
  ...['b3eca3b885caeee5'],
  // agent-base, https-proxy-agent, public-encrypt, parse-asn1, browserify-sign: keys of their tests.
  ...[
    '09ec38989a5fb269',
    '1b2957613e7545dd',
    '1c645b09445bebb2',
    '512a3bec8c48bc54',
    '6a21b415d20c902a',
  ],
  ...[
    '77222a0b0e017e55',
    'c62207ebe638e9f1',
    'd6a8b6a2941f1bfe',
    'e361a2024a7bc70e',
    'f0a775ad2fd1cc81',
  ],
  // requests, urllib3, google-auth, gsutil, boto: keys of their tests.
  ...[
    '04350df9556081e9',
    '05d6e0b6534c9451',
    '09041c605bafb8c4',
    '2913d00ead4111eb',
    '2c3b6ecb5a3758f5',
  ],
  ...[
    '48d7b7bf0bc51580',
    '492e9dcc8cadbe00',
    '5d0b7e7bbb03d7bf',
    '66917fd37ff73e07',
    '6d910b55121bac18',
  ],
  ...[
    '70b77a3e1c5856eb',
    '72a2c4ce7344b0ff',
    '97e3597f7c01eaff',
    'a3cca8f705174906',
    'b1954293f5ea3782',
  ],
  ...[
    'b6b4c6a819ef0a1d',
    'cc89b24fa7b57e6d',
    'd4cf18485c683cda',
    'd55e9d9b688c5833',
    'dbe3c5bda333d160',
  ],
  ...[
    'e3eef58cc34f0cdb',
    'ed44042df90a02f1',
    'f34d5fa19d189c22',
    'f4187ad2496a8677',
    'f53cddc280b55732',
  ],
  // RFC 5849, RFC 6749 and oauthlib, which quotes them.
  ...[
    '00cf4c781dc37003',
    '131a6c00534ce4fa',
    '2ff8b0fb93aca981',
    '6c96130f130ab0d6',
    '9d03b692e941d5ac',
  ],
  ...['b55c3eb087132236', 'ca7459e2b26776de'],
  ...['d167410a16865cd6', '055671f8eca86240'],
  // botocore and the AWS CLI: the examples of their manuals.
  ...[
    '12ff915a8fff182f',
    '14a9207b9888485b',
    '16529b293d4d3f1a',
    '237acc64cdcc91b3',
    '26cb6d7d3db2418d',
  ],
  ...[
    '3cbbf95303d2b994',
    '3d0772ce04aff41a',
    '3e46394d68921a6d',
    '475dddd7e494f2d1',
    '4c7b3f40e866bf98',
  ],
  ...[
    '54e49af0da756bb3',
    '714776c4bb9a8ff7',
    '7ca486cbe6b13db5',
    '855acef1377b3a8a',
    '9268d57ecf6b736e',
  ],
  ...[
    '95a66051cb8d036f',
    'ba54690e1ab6cc2d',
    'c0a9271ec8c34c66',
    'c9595305a1238d72',
    'd45c6bbbf1a5a561',
  ],
  ...[
    'dc4704fc8d050a4b',
    'dc9f5c31e7d041f5',
    'e0a33b21e05584f7',
    'e4a82fb4ed91928d',
    'e6c2d3455587c47c',
  ],
  ...['e8e3f5ac838f1580', 'eef168423ab2e49f'],
  // 1Password's description of its tokens, which secretlint quotes.
  ...['4861b7d682dcbc5a'],
  // The Cloud SDK: clients and keys that every installation holds.
  ...[
    '28a9d0634db5ab1f',
    '3f3f774c2e151cd2',
    '456a51b1f1b3cf3e',
    '486743a2eab4395e',
    '6189b36d964849f3',
  ],
  ...['63774f6fa0c83e7e', 'a73b3ad3b416d981', 'b3f19cc85129501b', 'f0386f9be1fe905f'],
  // Chromium of Debian, PyJWT, joserfc, xmlsec, pip: keys and tokens of their manuals.
  ...['0932b11171039a7c', '4e6af0221e03f890', 'f1cdf4d3485952c9', 'f7026ba153dc0b7d'],
])

/** Whether the value is one that everybody has. */
export function isKnownTestValue(value: Uint8Array | string): boolean {
  return KNOWN.has(createHash('sha256').update(value).digest('hex').slice(0, SHOWN_DIGITS))
}
