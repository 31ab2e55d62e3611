// What the element would say about its attributes, before anything is published or asked.
import { assertOptions, type CustomerDataOptions } from '../client/index.js';

/** The first thing that is wrong, as a sentence with the fix that begins with the attribute's name. */
export async function optionProblem(options: CustomerDataOptions): Promise<string | undefined> {
  try {
    await assertOptions(options);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
