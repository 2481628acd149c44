/** The first part of the administration that the asker may use. */
import { me as meRoute } from '@lanmei/api/contract/house'
import { type LoaderFunctionArgs, redirect } from 'react-router'
import { asking } from '../../shell/doors.ts'

export async function loader(asked: LoaderFunctionArgs) {
  const { duty } = await asking(asked)(meRoute)
  return redirect(duty === 'officer' ? '/administration/organisations' : '/administration/people')
}
