/** To measure must never break what is measured, and there is nobody to tell: the console is the app's. */
export const quietly =
  <Argument>(work: (argument: Argument) => unknown) =>
  (argument: Argument): void => {
    try {
      work(argument)
    } catch {
      // Not counted, then.
    }
  }
