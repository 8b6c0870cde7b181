import { owner } from 'cx-definition'

export const growth = owner('growth', { title: 'Growth' })
export const identity = owner('identity', { title: 'Identity' })
export const platform = owner('platform', { title: 'Platform' })
