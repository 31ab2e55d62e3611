/** An end that the user can do something about: its message is all that is shown. */
export class CommandError extends Error {
  override name = 'CommandError';
}
