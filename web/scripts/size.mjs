// Weighs what a first visit loads. Fonts are listed but not counted: they arrive after the words.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { firstLoad } from './first-load.mjs'

const LIMIT_KB = 300
const root = new URL('../../courtyard/static/', import.meta.url).pathname
const assets = readdirSync(join(root, 'assets'))
const weigh = (file) => gzipSync(readFileSync(join(root, file)), { level: 9 }).length / 1024

const first = firstLoad(root)
const code = assets.filter((name) => /\.(js|css)$/.test(name)).map((name) => `assets/${name}`)
const rows = [...new Set([...first, ...code])].map((file) => ({ file, kb: weigh(file) }))
rows.sort((a, b) => Number(first.has(b.file)) - Number(first.has(a.file)) || b.kb - a.kb)

const line = (mark, kb, file) => console.log(`${mark} ${kb.toFixed(1).padStart(8)} kB  ${file}`)
for (const { file, kb } of rows) line(first.has(file) ? 'first' : 'later', kb, file)

const fonts = assets.filter((name) => name.endsWith('.woff2'))
const latin = fonts.filter((name) => /^(inter|newsreader)-latin-(wght|opsz)-normal/.test(name))
for (const name of latin) line('font ', weigh(`assets/${name}`), `assets/${name}`)
console.log(`       ${fonts.length} font files in all; the others load when their letters appear`)

const total = rows.filter(({ file }) => first.has(file)).reduce((sum, { kb }) => sum + kb, 0)
console.log(`\nFirst load: ${total.toFixed(1)} kB of ${LIMIT_KB} kB gzip`)
if (total > LIMIT_KB) process.exit(1)
