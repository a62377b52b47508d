// Arrows point down: app, then features, then ui and api. Features follow the rows of the server:
// what stands lower in this list knows nothing of what stands above it.
const rows = [
  ['messages', 'compose'],
  ['files'],
  ['notifications'],
  ['channels'],
  ['groups'],
  ['presence'],
  ['accounts'],
]

const upward = rows.slice(1).flatMap((row, index) =>
  row.map((feature) => ({
    name: `${feature}-looks-up`,
    comment: `${feature} may not import what stands above it.`,
    severity: 'error',
    from: { path: `^src/features/${feature}/` },
    to: {
      path: `^src/features/(${rows
        .slice(0, index + 1)
        .flat()
        .join('|')})/`,
    },
  })),
)

module.exports = {
  forbidden: [
    ...upward,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'features-never-import-app',
      severity: 'error',
      from: { path: '^src/(features|ui|api)/' },
      to: { path: '^src/app/' },
    },
    {
      name: 'ui-and-api-know-no-feature',
      severity: 'error',
      from: { path: '^src/(ui|api)/' },
      to: { path: '^src/features/' },
    },
    {
      name: 'ui-and-api-are-strangers',
      severity: 'error',
      from: { path: '^src/(ui|api)/([^/]+)' },
      to: { path: '^src/(ui|api)/', pathNot: '^src/$1/' },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
}
