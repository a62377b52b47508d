import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { TooltipProvider } from '@/ui/Tooltip'
import { hostile } from './hostile'
import { Markdown } from './Markdown'

const draw = (text: string) =>
  render(
    <TooltipProvider>
      <Markdown text={text} />
    </TooltipProvider>,
  ).container

const ELEMENTS = new Set(
  'a b bdi blockquote br button code div em hr i kbd li ol p path pre rect s span strong svg table tbody td th thead tr ul'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(
  'aria-hidden aria-label class d data-state dir fill height href inert rel role rx ry start stroke stroke-linecap stroke-linejoin stroke-width tabindex target type viewbox width x xmlns y'.split(
    ' ',
  ),
)

describe('hostile texts (X01)', () => {
  it('are at least two hundred', () => expect(hostile.length).toBeGreaterThanOrEqual(200))

  it.each(hostile.map((text) => [text.slice(0, 60), text]))('%s', (_name, text) => {
    for (const element of draw(text).querySelectorAll('*')) {
      // mutant: `html: true` in markdown.ts together with an html leaf; `pairs` made from any tag
      expect(ELEMENTS).toContain(element.tagName.toLowerCase())
      for (const { name, value } of element.attributes) {
        expect(ATTRIBUTES).toContain(name.toLowerCase())
        expect(value).not.toMatch(/url\(/i)
      }
      const address = element.getAttribute('href')
      if (address === null) continue
      // mutant: SAFE in markdown.ts with 'javascript:' or 'data:' added, or Link without safeUrl
      expect(address).toMatch(/^(https?:\/\/|mailto:)/)
      expect(element.getAttribute('rel')).toBe('noopener noreferrer nofollow')
      expect(element.getAttribute('target')).toBe('_blank')
    }
  })
})

describe('links', () => {
  it('show their host where the words hide it', () => {
    // mutant: `lead` in inline.tsx always returning null
    expect(draw('[https://bank.example](https://example.org/login)')).toHaveTextContent(
      'https://bank.example(example.org)',
    )
    expect(draw('https://example.org/a?b=c').textContent).toBe('https://example.org/a?b=c')
    expect(draw('https://аpple.com')).toHaveTextContent('(xn--pple-43d.com)')
  })

  it('never load a picture from elsewhere', () => {
    const page = draw('![a view](https://example.org/pixel.gif)')
    // mutant: `image` in `leaves` returning <img>
    expect(page.querySelector('img')).toBeNull()
    expect(page.querySelector('a')).toHaveTextContent('a view')
  })

  it('leave file names alone', () => {
    expect(draw('see README.md and bridge.py').querySelector('a')).toBeNull()
  })
})

describe('what people write', () => {
  it('keeps lines, lists, quotes, tables and emphasis', () => {
    const page = draw('one\ntwo\n\n- a\n- b\n\n> said\n\n| h |\n|---|\n| c |\n\n~~gone~~ **there**')
    for (const name of ['br', 'ul', 'blockquote', 'table', 's', 'strong']) {
      expect(page.querySelector(name), name).not.toBeNull()
    }
    expect(page.querySelectorAll('li')).toHaveLength(2)
  })

  it('draws boxes for tasks', () => {
    draw('- [ ] open\n- [x] closed')
    expect(screen.getByRole('img', { name: 'To do:' })).toBeInTheDocument()
    expect(screen.getByRole('img', { name: 'Done:' })).toBeInTheDocument()
    expect(screen.getByText('open')).not.toHaveTextContent('[')
  })

  it('names language and file of code, and spells direction marks out', () => {
    const page = draw('```python bridge/allergy.py\nif x: # \u202e } {\n```')
    expect(page).toHaveTextContent('bridge/allergy.py')
    expect(page).toHaveTextContent('Python')
    expect(page.querySelector('pre')).toHaveTextContent('\\u202e')
  })

  it('hides spoilers until asked, and their links with them', async () => {
    const page = draw('the end: ||[she](https://example.org) **wins**|| or not')
    expect(page.querySelector('a')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Hidden text. Show it' }))
    expect(page.querySelector('a')).toHaveTextContent('she')
    expect(page).toHaveTextContent('the end: she(example.org) wins or not')
  })

  it('leaves lonely bars as they are', () => {
    expect(draw('a || b').textContent).toBe('a || b')
    expect(draw('**a || b** ||').textContent).toBe('a || b ||')
  })
})

describe('mentions', () => {
  const id = '01a214e0-16d2-7464-b6da-11045b0d5472'

  it('draws somebody who is called as a name, not as a link', () => {
    render(<Markdown text={`ask [@Ada](user:${id})`} />)
    expect(screen.getByText('@Ada').tagName).toBe('BDI')
    expect(screen.queryByRole('link')).toBeNull()
  })

  it('takes no other address for one', () => {
    render(<Markdown text="[@Ada](user:ada) and [x](javascript:alert(1))" />)
    expect(screen.queryByRole('link')).toBeNull()
    expect(document.querySelector('bdi')).toBeNull()
  })
})
