import { feature, operation } from 'cx-definition'
import { growth, identity, platform } from './owners.ts'

const service = 'some-service'

export const readDocument = operation(service, 'GET', '/api/documents/:documentId')
export const writeDocument = operation(service, 'PUT', '/api/documents/')

export const documents = feature('documents', {
  title: 'Documents',
  description: 'Customers read and store documents through the API.',
  owner: platform,
  operations: [readDocument, writeDocument],
})

export const selfSignup = feature('self-signup', {
  title: 'Self-signup',
  description: 'A company opens its own account in four steps and lands in the product.',
  owner: growth,
  operations: [
    operation(service, 'GET', '/api/signup'),
    operation(service, 'POST', '/api/signup/account'),
    operation(service, 'POST', '/api/signup/company'),
    operation(service, 'POST', '/api/signup/password'),
    operation(service, 'POST', '/api/signup/confirm'),
  ],
})

export const passwordField = feature('password-field', {
  title: 'Password field',
  description: 'Choosing a password, in the signup and in the product’s settings.',
  owner: identity,
  operations: [operation(service, 'PUT', '/api/account/password')],
})

export const appShell = feature('app-shell', {
  title: 'App shell',
  description: 'Frame, navigation and start of the web apps.',
  owner: platform,
})
