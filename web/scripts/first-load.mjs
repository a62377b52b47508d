import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a chunk imports before it can run; `import()` does not match. */
function staticImports(source) {
  const found = source.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)
  return [...found].map((match) => `assets/${match[1]}`)
}

// Asked for by `import()`, but before anything of use is drawn: the texts.
const AT_ONCE = /^en-.*\.js$/

/** The code a first visit loads: what index.html names, with everything that pulls in at once. */
export function firstLoad(root) {
  const text = (file) => readFileSync(join(root, file), 'utf8')
  const named = [...text('index.html').matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)]
  const queue = named.map((match) => match[1])
  const awaited = readdirSync(join(root, 'assets')).filter((name) => AT_ONCE.test(name))
  queue.push(...awaited.map((name) => `assets/${name}`))
  const seen = new Set()
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    if (file.endsWith('.js')) queue.push(...staticImports(text(file)))
  }
  return seen
}
