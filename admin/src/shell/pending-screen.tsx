import { Skeleton } from '../design/skeleton.tsx';

/** Shown in place of a screen that waits for its data. */
export const PendingScreen = () => <Skeleton lines={6} className="mx-auto w-full max-w-6xl px-4 pt-8 sm:px-8" />;
