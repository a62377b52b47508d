import { type FormEvent, type ReactNode, useState } from 'react'
import { useEntity } from '@/api/entities'
import type { Group } from '@/api/types'
import { ProblemNotice } from '@/features/accounts/ProblemNotice'
import { fieldProblem, isGeneral } from '@/features/accounts/problem'
import { Arch } from '@/ui/Arch'
import { Button } from '@/ui/Button'
import { Confirm } from '@/ui/Confirm'
import { Field } from '@/ui/Field'
import { Input, TextArea } from '@/ui/Input'
import { toast } from '@/ui/Toast'
import { t } from '@/ui/text'
import { useArchiveGroup, useUpdateGroup } from './api'
import { complain } from './complain'
import { openGroupDialog } from './dialogs'
import { may } from './rights'

/** Name, purpose and end of a group. */
export function GroupSettingsPage({ groupId }: { groupId: string }) {
  const group = useEntity('group', groupId)
  if (!group) return null
  return (
    <div className="mx-auto w-full max-w-[45rem] px-4 pt-2 pb-16 tablet:px-6">
      {may(group, 'manage_group') ? (
        <AboutForm key={group.id} group={group} />
      ) : (
        <About group={group} />
      )}
      {may(group, 'manage_group') && <ArchiveGroup group={group} />}
      <Ending title={t('groups.leave')} text={t('groups.leave.text')}>
        <Button look="dangerQuiet" onClick={() => openGroupDialog({ kind: 'leave', groupId })}>
          {t('groups.leave')}
        </Button>
      </Ending>
    </div>
  )
}

function About({ group }: { group: Group }) {
  return (
    <div className="flex items-center gap-4">
      <Arch name={group.name} lit />
      <div className="min-w-0">
        <p dir="auto" className="serif break-words text-place">
          {group.name}
        </p>
        <p dir="auto" className="text-ink-2">
          {group.description || t('groups.description.none')}
        </p>
      </div>
    </div>
  )
}

function AboutForm({ group }: { group: Group }) {
  const [name, setName] = useState(group.name)
  const [description, setDescription] = useState(group.description)
  const update = useUpdateGroup(group.id)
  const same = name.trim() === group.name && description.trim() === group.description
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim() || same || update.isPending) return
    const body = { name: name.trim(), description: description.trim() }
    update.mutate(body, { onSuccess: () => toast({ text: t('groups.saved'), tone: 'good' }) })
  }
  const missing = name.trim() ? null : t('groups.name.missing')
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <Field label={t('groups.name')} error={missing ?? fieldProblem(update.error, 'name')}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                maxLength={80}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
        </div>
        <span className="mt-[1.125rem]">
          <Arch name={name} lit />
        </span>
      </div>
      <Field
        label={t('groups.description')}
        hint={t('groups.description.hint')}
        error={fieldProblem(update.error, 'description')}
      >
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            maxLength={500}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      {isGeneral(update.error, ['name', 'description']) && <ProblemNotice error={update.error} />}
      <Button
        type="submit"
        look={same ? 'quiet' : 'primary'}
        disabled={same}
        busy={update.isPending}
        className="justify-self-start"
      >
        {t('groups.save')}
      </Button>
    </form>
  )
}

function ArchiveGroup({ group }: { group: Group }) {
  const [asking, setAsking] = useState(false)
  const archive = useArchiveGroup(group.id)
  const go = () =>
    archive.mutate(!group.archived, { onSuccess: () => setAsking(false), onError: complain })
  const title = t(group.archived ? 'groups.unarchive' : 'groups.archive')
  return (
    <Ending
      title={title}
      text={t(group.archived ? 'groups.unarchive.text' : 'groups.archive.text')}
    >
      <Button busy={archive.isPending} onClick={group.archived ? go : () => setAsking(true)}>
        {title}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('groups.archive.title', { name: group.name })}
        description={t('groups.archive.confirm')}
        action={t('groups.archive')}
        danger
        busy={archive.isPending}
        onConfirm={go}
      />
    </Ending>
  )
}

function Ending(props: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="mt-9 flex items-center gap-6 phone:flex-col phone:items-start phone:gap-3">
      <div className="min-w-0 flex-1">
        <h2 className="serif text-section">{props.title}</h2>
        <p className="mt-0.5 text-pretty text-ink-3 text-small">{props.text}</p>
      </div>
      {props.children}
    </section>
  )
}
