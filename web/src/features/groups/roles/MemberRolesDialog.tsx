import { useState } from 'react'
import type { Member, Role } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { Checkbox } from '@/ui/Checkbox'
import { FormDialog } from '@/ui/FormDialog'
import { plainName } from '@/ui/names'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { useGiveRoles } from './api'
import { roleName, useHand } from './hand'

interface Props {
  member: Member
  groupId: string
  roles: Role[]
  onClose: () => void
}

/** Which roles somebody has, at least one. */
export function MemberRolesDialog({ member, groupId, roles, onClose }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>(member.role_ids)
  const hand = useHand(groupId)
  const give = useGiveRoles(groupId)
  const name = plainName(member.user.name)
  const told = () => {
    toast({ text: t('groups.roles.given', { name }), tone: 'good' })
    onClose()
  }
  const submit = () => {
    if (chosen.length === 0) return
    give.mutate({ userId: member.user.id, roleIds: [...chosen] }, { onSuccess: told })
  }
  const set = (id: string, on: boolean) =>
    setChosen((now) => [...now.filter((one) => one !== id), ...(on ? [id] : [])])
  return (
    <FormDialog
      title={t('groups.roles.of', { name })}
      description={t('groups.roles.of.text')}
      submit={t('groups.roles.save')}
      busy={give.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="grid gap-2.5">
        {roles.map((role) => (
          <Checkbox
            key={role.id}
            label={<span dir="auto">{roleName(role)}</span>}
            checked={chosen.includes(role.id)}
            disabled={!hand.gives(role)}
            onChange={(on) => set(role.id, on)}
          />
        ))}
      </div>
      {chosen.length === 0 && (
        <p role="status" className="text-rose text-small">
          {t('groups.roles.one')}
        </p>
      )}
      {give.error && <ProblemNotice error={give.error} />}
    </FormDialog>
  )
}
