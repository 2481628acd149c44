/** Account: the own password, second factor, passkeys and sessions. */
import { me as meRoute } from '@lanmei/api/contract/house'
import { data, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { asking, type Refusal } from '../../shell/doors.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { Passkeys } from './passkeys.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondFactor } from './second-factor.tsx'
import { Sessions } from './sessions.tsx'

export async function loader(asked: LoaderFunctionArgs) {
  const { person, duty } = await asking(asked)(meRoute)
  if (!person) throw data({ code: 'not-signed-in', details: {} } satisfies Refusal, { status: 401 })
  return { person, duty }
}

export default function Account() {
  const { t, find } = useReader()
  const { person, duty } = useLoaderData<typeof loader>()
  return (
    <div className="column">
      <title>{`${t('account.title')} · Lanmei`}</title>
      <h1>{t('account.title')}</h1>
      <dl className="facts">
        <div>
          <dt>{t('form.name')}</dt>
          <dd>{person.name}</dd>
        </div>
        <div>
          <dt>{t('form.email')}</dt>
          <dd>{person.email}</dd>
        </div>
        <div>
          <dt>{t('administration.roles')}</dt>
          <dd>{person.roles.length ? find(`duty.${duty}`) : t('duty.none')}</dd>
        </div>
      </dl>
      <SecondFactor on={person.secondFactor} needed={duty === 'officer' || duty === 'administrator'} />
      <Passkeys />
      <PasswordForm />
      <Sessions />
    </div>
  )
}
