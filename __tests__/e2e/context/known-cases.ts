import { type ContextCase, DOCKERFILE, type Item } from './cases.ts'

/** What an ignore file is worth looking at for; all stand in the same tree. */
const IGNORE_FILES: readonly string[] = [
  '',
  '\uFEFFa\n',
  '# a\n #c\n',
  '!\n',
  '[\n',
  'x*[\n',
  '[z-a]\n',
  'a\tb\n',
  'a\tb\né\n',
  'Dockerfile\n.dockerignore\n',
  '**\n',
  '*\n!a/b/c.md\n',
  // Into ignored folders: BuildKit goes everywhere, the classic client nowhere.
  '*\n!**/c.md\n',
  '*\n!a/*/c.md\n',
  '*\n!a/**\n',
  // The folder again, behind its exception: the content is lost on its way.
  'a\n!a/b/c.md\na\n',
  '*\n!a/**\na\n',
  'a/b\n!a\n',
  // Regular expressions that were not meant as such.
  'q|**/c*\n',
  'c{1}.md\n**/c{1}*\n',
  '**/c\\.\\pL\\w\n',
  '**/[[:alpha:]].m[!e]\n',
  '^a*\n',
  'link/b\n!link\n',
  'a/b/../b/./\n',
  '/ c\n',
]

/** Cases that were once wrong, or that chance does not come upon often enough. */
export const knownCases: readonly ContextCase[] = [
  ...IGNORE_FILES.map((content) => caseOf({ '.dockerignore': content })),
  caseOf({}, '../Dockerfile'),
  caseOf({ '.dockerignore': '**\n' }, '../Dockerfile'),
  caseOf({ '.dockerignore': '*\n!a\n' }, '../Dockerfile'),
  caseOf({ '.dockerignore': '*\n! [!a]/Dockerfile\n' }, 'b/Dockerfile'),
  caseOf({ '.dockerignore': '*\n!a/c.md\n[\\bx]\n' }),
  caseOf({ '.dockerignore': '*\n' }, 'a/b/Dockerfile'),
  caseOf({ '.dockerignore': '*\n' }, 'dockerfile'),
  caseOf({ '.dockerignore': 'a\n', 'Dockerfile.dockerignore': '' }),
  caseOf({ '.dockerignore': 'a\n', 'Dockerfile.dockerignore': 'c.md\n' }),
  caseOf({ '.dockerignore': 'a\n', '../Dockerfile.dockerignore': 'c.md\n' }, '../Dockerfile'),
  caseOf({ '.dockerignore': 'a\n', 'a/b/D.dockerignore': 'c.md\n' }, 'a/b/D'),
]

function caseOf(files: Readonly<Record<string, string>>, dockerfile = 'Dockerfile'): ContextCase {
  const file = (path: string, content: string): Item => ({
    path,
    kind: 'file',
    content,
    isExecutable: path === 'run.sh',
  })
  const tree = ['a/b/c.md', 'a/c.md', 'c.md', 'c', ' c', 'run.sh', 'é', 'x/y', 'a\tb']
  const items: readonly Item[] = [
    ...tree.map((path) => file(path, path)),
    ...Object.entries(files).map(([path, content]) => file(path, content)),
    file(dockerfile, DOCKERFILE),
    { path: 'link', kind: 'link', content: 'a', isExecutable: false },
    { path: 'empty/folder', kind: 'folder', content: '', isExecutable: false },
  ]
  return { items, dockerfile }
}
