/** Asks again until the answer is something, and fails when that takes too long. */
export async function until<T>(ask: () => Promise<T | null | undefined | false> | T | null | undefined | false, { within = 10_000, what = 'what the test waits for' } = {}): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${within} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
