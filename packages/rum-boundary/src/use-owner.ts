import { useContext } from 'react'
import { OwnerContext, type OwnerScope } from './owner-context.ts'

/** The innermost boundary's owner. */
export const useOwner = (): OwnerScope => useContext(OwnerContext)
