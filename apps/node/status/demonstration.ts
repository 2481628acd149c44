/** Whether what the node shows is the demonstration: it is on, and nothing real has been taken in. */
import { hasObserved } from '@lanmei/store/status'
import type { Context } from '../context.ts'

export async function isDemonstration({ config, store }: Context): Promise<boolean> {
  return config.demo === 'on' && !(await hasObserved(store.pool))
}
