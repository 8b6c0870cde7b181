// Every text that the apps show of themselves. A replay may show these and no others, so nothing that a
// person typed is ever put into one of them.

export const copy = {
  brand: 'Paperwork',
  skip: 'Skip to the content',
  loading: 'One moment …',
  retry: 'Try again',
  footer: 'Paperwork is a sample. It sends no mail and forgets everything by itself.',
  problemsTitle: 'Please check what you have entered',
  broken: 'This part of the page does not work at the moment.',
  notFound: {
    title: 'There is nothing here',
    text: 'The address may be old or mistyped.',
    back: 'Go to the start',
  },
  failures: {
    title: 'That did not work',
    offline: 'We cannot reach our service. Please check your connection and try again.',
    timeout: 'Our service takes too long to answer. Please try again.',
    server: 'Our service has a problem. Please try again in a moment.',
    unexpected: 'Something unexpected happened. Please try again.',
    kept: 'What you have entered is still here.',
  },
  consent: {
    label: 'Your consent',
    text: 'May we record technical errors and how the pages are used? What you type is never recorded.',
    grant: 'Yes, that is fine',
    deny: 'No, thank you',
  },
  signup: {
    pageTitle: 'Sign up – Paperwork',
    progress: 'Steps of the signup',
    optionalNone: 'All fields are required.',
    next: 'Continue',
    sending: 'Sending …',
    pitchTitle: 'Your documents, in order',
    pitch: [
      'Ready in two minutes',
      'Nothing to install',
      'Everything you give stays between you and us',
    ],
    steps: {
      account: {
        short: 'You',
        title: 'Who are you?',
        intro: 'We need a name and an address to open your account.',
      },
      company: {
        short: 'Company',
        title: 'Your company',
        intro: 'It helps us to set the product up for you.',
      },
      password: {
        short: 'Password',
        title: 'Choose a password',
        intro: 'A few words in a row are easy to remember and hard to guess.',
      },
      confirm: {
        short: 'Confirm',
        title: 'Is everything right?',
        intro: 'You can still change each part.',
      },
    },
    notices: {
      account: 'Let us begin here: we need your name and email first.',
      company: 'One step before that: please tell us about your company.',
      password: 'One step before that: please choose a password.',
      taken: 'By now there is an account with this email; please use another.',
      cookies:
        'Your browser keeps no cookies. Please allow them for this page: without one we cannot lead you from step to step.',
      expired: 'Your signup has rested for a while, so we have cleared it. Please begin again.',
    },
    fields: {
      name: 'Full name',
      email: 'Work email',
      emailHint: 'You will sign in with it.',
      company: 'Company name',
      size: 'How many people work there?',
      sizeNone: 'Please choose',
      sizes: {
        '1-10': '1 to 10 people',
        '11-50': '11 to 50 people',
        '51-250': '51 to 250 people',
        '251+': 'More than 250 people',
      },
    },
    summary: 'What you have entered',
    change: 'Change',
    changeAccount: 'your name and email',
    changeCompany: 'your company',
    create: 'Open my account',
    loadFailed: 'Your signup cannot be shown',
  },
  password: {
    label: 'Password',
    newLabel: 'New password',
    hint: 'At least 12 characters, and not your email or company.',
    show: 'Show password',
    hide: 'Hide password',
    broken: 'The password field does not work at the moment.',
  },
  product: {
    pageTitle: 'Documents – Paperwork',
    settingsTitle: 'Settings – Paperwork',
    navigation: 'Main',
    documents: 'Documents',
    settings: 'Settings',
    welcome: 'Welcome to Paperwork',
    welcomeText: 'Your account is open. We have put three documents here for a start.',
    documentsIntro: 'Everything that your company keeps with us.',
    open: 'Ready to read',
    documentsFailed: 'Your documents cannot be shown',
    accountFailed: 'Your account cannot be shown',
    signedOut: 'You are not signed in',
    signedOutText: 'Your session has ended, or you do not have an account yet.',
    signUp: 'Sign up',
    passwordTitle: 'Change your password',
    current: 'Current password',
    save: 'Change the password',
    saved: 'Your password is changed.',
  },
  problems: {
    name: {
      missing: 'Enter your name',
      'too-long': 'Your name may have 100 characters at most',
      malformed: 'Your name has a character that cannot be stored',
    },
    email: {
      missing: 'Enter your work email',
      'too-long': 'Your email may have 254 characters at most',
      malformed: 'Enter an email like name@company.com',
      taken: 'There is an account with this email already',
    },
    company: {
      missing: 'Enter the name of your company',
      'too-long': 'The name may have 100 characters at most',
      malformed: 'The name has a character that cannot be stored',
    },
    size: {
      missing: 'Choose how many people work there',
      malformed: 'Choose how many people work there',
    },
    password: {
      missing: 'Choose a password',
      'too-short': 'The password needs at least 12 characters',
      'too-long': 'The password may have 128 characters at most',
      common: 'This password is easy to guess; choose another',
      personal: 'The password must not hold your email or company',
      malformed: 'The password has a character that cannot be stored',
    },
    current: {
      missing: 'Enter your current password',
      wrong: 'This is not your current password',
      malformed: 'Enter your current password',
    },
  },
  /** Of errors that the apps throw themselves. */
  errors: {
    offline: 'the service could not be reached',
    timeout: 'the service did not answer in time',
    server: 'the service failed',
    order: 'a step was sent before those that it needs',
    refused: 'the service refused what the page sent',
  },
} as const

export type FieldName = keyof typeof copy.problems

/** What is wrong with a field, as a person is told. */
export const problemText = (field: FieldName, code: string): string =>
  (copy.problems[field] as Readonly<Record<string, string>>)[code] ?? copy.problems[field].malformed
