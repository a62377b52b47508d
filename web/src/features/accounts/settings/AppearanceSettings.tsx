import { type Appearance, setAppearance, useAppearance } from '@/ui/appearance'
import { Segmented } from '@/ui/Segmented'
import { Switch } from '@/ui/Switch'
import { type TextId, t } from '@/ui/text'
import { formatted } from '@/ui/writing'
import { SettingRow } from './SettingRow'

const themes: Choices<'theme'> = [
  { value: 'dark', name: 'accounts.look.dark' },
  { value: 'light', name: 'accounts.look.light' },
  { value: 'system', name: 'accounts.look.system' },
]
const densities: Choices<'density'> = [
  { value: 'cosy', name: 'accounts.look.cosy' },
  { value: 'compact', name: 'accounts.look.compact' },
]
const textSizes: Choices<'textSize'> = [
  { value: 'small', name: 'accounts.look.small' },
  { value: 'normal', name: 'accounts.look.normal' },
  { value: 'large', name: 'accounts.look.large' },
  { value: 'largest', name: 'accounts.look.largest' },
]

type Choices<Key extends keyof Appearance> = { value: Appearance[Key]; name: TextId }[]

/** How Courtyard looks on this device; every change shows at once. */
export function AppearanceSettings() {
  const look = useAppearance()
  const options = <Value extends string>(choices: { value: Value; name: TextId }[]) =>
    choices.map(({ value, name }) => ({ value, label: t(name) }))
  return (
    <>
      <p className="mb-2 text-ink-2">{t('accounts.look.lead')}</p>
      <SettingRow name={t('accounts.look.theme')} text={t('accounts.look.theme.text')}>
        <Segmented
          label={t('accounts.look.theme')}
          value={look.theme}
          options={options(themes)}
          onChange={(theme) => setAppearance({ theme })}
        />
      </SettingRow>
      <SettingRow name={t('accounts.look.density')} text={t('accounts.look.density.text')}>
        <Segmented
          label={t('accounts.look.density')}
          value={look.density}
          options={options(densities)}
          onChange={(density) => setAppearance({ density })}
        />
      </SettingRow>
      <SettingRow name={t('accounts.look.textSize')} text={t('accounts.look.textSize.text')}>
        <Segmented
          label={t('accounts.look.textSize')}
          value={look.textSize}
          options={options(textSizes)}
          onChange={(textSize) => setAppearance({ textSize })}
        />
      </SettingRow>
      <SettingRow name={t('accounts.look.motion')} text={t('accounts.look.motion.text')}>
        <Switch
          label={t('accounts.look.motion')}
          checked={look.motion === 'reduced'}
          onChange={(still) => setAppearance({ motion: still ? 'reduced' : 'system' })}
        />
      </SettingRow>
      <SettingRow name={t('accounts.look.writing')} text={t('accounts.look.writing.text')}>
        <Switch
          label={t('accounts.look.writing')}
          checked={formatted.use()}
          onChange={formatted.set}
        />
      </SettingRow>
    </>
  )
}
