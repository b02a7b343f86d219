import { hasTokenChecksum } from '../values/checksum.ts'
import type { TokenRule } from './token-rule.ts'

/** GitHub, GitLab, package registries and what builds and ships code. */
export const CODE_HOST_TOKENS: readonly TokenRule[] = [
  {
    id: 'github-token',
    title: 'GitHub token',
    anchors: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /gh[pousr]_([A-Za-z0-9]{36})(?![\w-])/y,
    accepts: hasTokenChecksum,
  },
  {
    id: 'github-token',
    title: 'GitHub token',
    // Refresh tokens, and installation tokens that hold a JWT: no checksum is known for them.
    anchors: ['ghr_', 'ghs_'],
    pattern: /gh[rs]_([A-Za-z0-9]{70,80}|\d+_eyJ[\w.-]{60,1000})(?![\w-])/y,
    longest: 1_100,
  },
  {
    id: 'github-token',
    title: 'GitHub token',
    anchors: ['github_pat_'],
    pattern: /github_pat_([A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?![\w-])/y,
  },
  {
    id: 'gitlab-token',
    title: 'GitLab token',
    anchors: [
      ...[
        'glpat-',
        'gldt-',
        'glrt-',
        'glft-',
        'glimt-',
        'glagent-',
        'glsoat-',
        'gloas-',
        'glffct-',
      ],
      ...['glptt-', 'glcbt-'],
    ],
    pattern: /gl[a-z]{2,5}-((?:t\d_)?[\w-]{20,300}(?:\.[0-9a-z]{2}\.?[0-9a-z]{7,9})?)/y,
  },
  {
    id: 'gitlab-token',
    title: 'GitLab runner registration token',
    anchors: ['GR1348941'],
    pattern: /GR1348941([\w-]{20})(?![\w-])/y,
  },
  {
    id: 'npm-token',
    title: 'npm token',
    anchors: ['npm_'],
    pattern: /npm_([A-Za-z0-9]{36})(?![\w-])/y,
    accepts: (random) => hasTokenChecksum(random) || hasTokenChecksum(`npm_${random}`),
  },
  {
    id: 'pypi-token',
    title: 'PyPI token',
    // The macaroon begins with its location: the index itself, or the one for tests.
    anchors: ['pypi-AgEIcHlwaS5vcmc', 'pypi-AgENdGVzdC5weXBpLm9yZw'],
    pattern: /pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)([\w-]{50,1000})/y,
    longest: 1_200,
  },
  {
    id: 'docker-hub-token',
    title: 'Docker Hub token',
    anchors: ['dckr_pat_', 'dckr_oat_'],
    pattern: /dckr_[po]at_([\w-]{27,32})(?![\w-])/y,
  },
  {
    id: 'terraform-cloud-token',
    title: 'Terraform Cloud token',
    anchors: ['.atlasv1.'],
    lead: 14,
    pattern: /[A-Za-z0-9]{14}\.atlasv1\.([\w-]{60,70})(?![\w-])/y,
  },
  {
    id: 'rubygems-token',
    title: 'RubyGems token',
    anchors: ['rubygems_'],
    pattern: /rubygems_([a-f0-9]{48})(?![\w-])/y,
  },
  {
    id: 'nuget-token',
    title: 'NuGet key',
    anchors: [
      'oy2a',
      'oy2b',
      'oy2c',
      'oy2d',
      'oy2e',
      'oy2f',
      'oy2g',
      'oy2h',
      'oy2i',
      'oy2j',
      'oy2k',
    ],
    pattern: /(oy2[a-z2-7]{43})(?![\w-])/y,
  },
  {
    id: 'crates-token',
    title: 'crates.io token',
    anchors: ['=cio', ' cio', '"cio', "'cio", ':cio'],
    lead: -1,
    pattern: /cio([A-Za-z0-9]{32})(?![\w-])/y,
    accepts: (random) => /\d/.test(random) && /[A-Z]/.test(random),
  },
]
