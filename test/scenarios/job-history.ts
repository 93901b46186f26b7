import type { World } from './world.ts';

const MINUTE = 60_000;

export const isoAgo = ({ clock }: World, ms: number): string => new Date(clock.now() - ms).toISOString();

/** A user with one job of each kind, the oldest first. */
export function oneOfEach(world: World): void {
  const { double } = world;
  const at = (minutes: number): object => ({
    created_at: isoAgo(world, minutes * MINUTE),
    started_at: isoAgo(world, minutes * MINUTE - 1000),
  });
  double.add({ title: 'Why bees dance', status: 'success', duration: 72, ...at(60 * 26) });
  double.add({ title: 'A voice that nobody has', status: 'failure', error: 'The <b>voice</b> is not known.', duration: 3, ...at(60 * 3) });
  double.add({ status: 'cancelled', duration: 5, ...at(50) });
  double.add({ title: 'From a newer backend', status: 'polishing', progress: null as unknown as number, ...at(5) } as object);
  double.add({ title: 'How rivers bend', status: 'processing', progress: 0.456, progress_message: 'Scene 4 of 8', ...at(1) });
  double.add({ title: 'Second try', status: 'pending', retry_count: 1, created_at: isoAgo(world, 30_000) });
  double.add({ title: 'The moons of Saturn', queue_position: 3, created_at: isoAgo(world, 0) });
}

/** A user with many jobs. */
export function many(world: World, count = 34): void {
  for (let n = count; n >= 1; n--) {
    const created = isoAgo(world, n * 7 * MINUTE);
    world.double.add({ title: `Lesson ${count - n + 1}`, status: 'success', duration: 20 + n, created_at: created, started_at: created });
  }
}
