import { Notice } from '@/ui/Notice'
import { Switch } from '@/ui/Switch'
import { type TextId, t } from '@/ui/text'
import { type DesktopState, desktopWords, turnDesktop, useDesktop } from '../desktop'
import { SettingRow } from './SettingRow'

const reasons: Partial<Record<DesktopState, TextId>> = {
  missing: 'accounts.desktop.missing',
  insecure: 'accounts.desktop.insecure',
  blocked: 'accounts.desktop.blocked',
}

/** What this device shows while one looks elsewhere. */
export function DesktopSettings() {
  const state = useDesktop()
  const words = desktopWords.use()
  const reason = reasons[state]
  return (
    <>
      <SettingRow name={t('accounts.desktop')} text={t('accounts.desktop.text')}>
        <Switch
          label={t('accounts.desktop')}
          checked={state === 'on'}
          disabled={reason !== undefined}
          onChange={(on) => void turnDesktop(on)}
        />
      </SettingRow>
      {reason && (
        <div className="pb-3.5">
          <Notice>{t(reason)}</Notice>
        </div>
      )}
      {state === 'on' && (
        <SettingRow name={t('accounts.desktop.words')} text={t('accounts.desktop.words.text')}>
          <Switch label={t('accounts.desktop.words')} checked={words} onChange={desktopWords.set} />
        </SettingRow>
      )}
    </>
  )
}
