import { describe, expect, it } from 'vitest'
import { edited, linkTo, peopleIn, show, toMarkdown, withCall } from './shown'

const ADA = 'user:00000000-0000-4000-8000-000000000001'
const OTHER = 'user:00000000-0000-4000-8000-000000000002'

describe('a text with calls', () => {
  it('shows names and keeps the links', () => {
    const markdown = `Ask [@Ada Okafor](${ADA}), then [the page](https://example.org).`
    const shown = show(markdown)
    expect(shown.text).toBe('Ask @Ada Okafor, then [the page](https://example.org).')
    expect(shown.calls).toHaveLength(1)
    expect(toMarkdown(shown)).toBe(markdown)
  })

  it.each([
    '',
    'no call at all, [just](brackets)',
    `[@Ada](${ADA})[@Ada](${OTHER})`,
    `\`[@Ada](${ADA})\` and\n\n- [@A\\]d\\\\a](${ADA})`,
    `[[@Ada](${ADA})`,
    `[@Ada]( ${ADA})`,
    '\\[@not](user:1)',
  ])('comes back as it was: %s', (markdown) => {
    expect(toMarkdown(show(markdown))).toBe(markdown)
  })

  it.each(['@Ada [Ward 3]', '@back\\slash', '@*bold* _x_', '#a|b~`c`', '@<b>', '@ (x)'])(
    'spells a name so that nothing in it is a mark: %s',
    (name) => {
      const shown = show(`Hi ${linkTo(ADA, name)}!`)
      expect(shown.text).toBe(`Hi ${name}!`)
      expect(shown.calls).toHaveLength(1)
    },
  )

  it('calls two people of one name', () => {
    const text = '@Ada and @Ada'
    const both = withCall(withCall({ text, calls: [] }, 9, OTHER, '@Ada'), 0, ADA, '@Ada')
    expect(toMarkdown(both)).toBe(`[@Ada](${ADA}) and [@Ada](${OTHER})`)
    expect(peopleIn(both)).toEqual([ADA.slice(5), OTHER.slice(5)])
  })
})

describe('a change', () => {
  const before = show(`Hi [@Ada](${ADA}) and [@Bo](${OTHER}).`)

  it('before and after a call moves it', () => {
    const longer = edited(before, 'Oh, Hi @Ada and @Bo.', 4)
    expect(toMarkdown(longer)).toBe(`Oh, Hi [@Ada](${ADA}) and [@Bo](${OTHER}).`)
    const between = edited(longer, 'Oh, Hi @Ada, and @Bo.', 12)
    expect(toMarkdown(between)).toBe(`Oh, Hi [@Ada](${ADA}), and [@Bo](${OTHER}).`)
  })

  it('inside of a call makes it words', () => {
    expect(toMarkdown(edited(before, 'Hi @Aa and @Bo.', 5))).toBe(`Hi @Aa and [@Bo](${OTHER}).`)
    expect(toMarkdown(edited(before, 'Hi @Adda and @Bo.', 6))).toBe(`Hi @Adda and [@Bo](${OTHER}).`)
  })

  it('right behind a call leaves it, also when the letter is the same', () => {
    expect(toMarkdown(edited(before, 'Hi @Adaa and @Bo.', 8))).toBe(
      `Hi [@Ada](${ADA})a and [@Bo](${OTHER}).`,
    )
    expect(toMarkdown(edited(before, 'Hi @@Ada and @Bo.', 4))).toBe(
      `Hi @[@Ada](${ADA}) and [@Bo](${OTHER}).`,
    )
  })

  it('of everything leaves nothing', () => {
    expect(edited(before, '', 0)).toEqual({ text: '', calls: [] })
    expect(edited(before, 'Other', 5).calls).toEqual([])
  })
})
