import { expect, it } from 'vitest'
import english from './en'

const sources = import.meta.glob<string>('../**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const code = Object.values(sources).join('\n')
const catalogues = import.meta.glob<Record<string, string>>('./en/*.json', {
  import: 'default',
  eager: true,
})

/** The ids that are put together, each hole one word: a pattern that fits all they may become. */
const composed = [...code.matchAll(/`([a-z]\w*\.[\w.]*\$\{[^`\s]+)`/g)].map(
  ([, id = '']) =>
    new RegExp(`^${id.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[a-zA-Z_]+')}$`),
)

it('has no text that nobody says', () => {
  const said = (id: string) =>
    code.includes(`'${id}'`) || composed.some((pattern) => pattern.test(id))
  const unused = Object.keys(english).filter((id) => !said(id))
  expect(unused).toEqual([])
})

it('keeps every id in the file of its feature', () => {
  const strays = Object.entries(catalogues).flatMap(([file, texts]) => {
    const feature = file.slice('./en/'.length, -'.json'.length)
    return Object.keys(texts).filter((id) => !id.startsWith(`${feature}.`))
  })
  expect(strays).toEqual([])
})
