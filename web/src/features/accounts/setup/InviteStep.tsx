import { useNavigate } from '@tanstack/react-router'
import { Link2 } from 'lucide-react'
import { Button } from '@/ui/Button'
import { CopyButton } from '@/ui/CopyButton'
import { cx } from '@/ui/cx'
import { t } from '@/ui/text'
import { useInviteLink } from '../api'
import { ProblemNotice } from '../ProblemNotice'
import { dropDraft, type StepProps } from './draft'
import { StepForm } from './StepForm'

/** Step 4: a link for a colleague, and in. */
export function InviteStep({ draft }: StepProps) {
  const navigate = useNavigate()
  const link = useInviteLink()
  const enter = () => {
    dropDraft()
    void navigate({ to: '/', replace: true })
  }
  return (
    <StepForm
      title={t('accounts.setup.invite.title')}
      lead={t('accounts.setup.invite.lead', { group: draft.groupName })}
      submit={t('accounts.setup.invite.enter', { workspace: draft.workspace })}
      onSubmit={enter}
    >
      <div className="flex items-center gap-3.5 rounded-menu bg-stone-3 px-4 py-3.5">
        <Link2 size={22} aria-hidden className="text-ink-2" />
        <div className="min-w-0 flex-1">
          <p className="font-strong">{t('accounts.setup.invite.link')}</p>
          <p className={cx('text-ink-3 text-small', link.data && 'select-all truncate')}>
            {link.data ?? t('accounts.setup.invite.link.hint')}
          </p>
        </div>
        {link.data ? (
          <CopyButton text={link.data} focused />
        ) : (
          <Button
            look="raised"
            size="small"
            busy={link.isPending}
            onClick={() => link.mutate(draft.groupId)}
          >
            {t('accounts.setup.invite.make')}
          </Button>
        )}
      </div>
      {link.error && (
        <div className="mt-4">
          <ProblemNotice error={link.error} />
        </div>
      )}
    </StepForm>
  )
}
