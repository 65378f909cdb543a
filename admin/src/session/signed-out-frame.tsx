import { Outlet } from '@tanstack/react-router';
import { Mark } from '../design/mark.tsx';

/** A sheet in the middle of the desk, for the screens before the sign-in. */
export function SignedOutFrame() {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 pt-[10vh] pb-10">
      <Mark className="mb-6" />
      <main className="w-full max-w-sm rounded-lg bg-paper p-6 shadow-low inset-ring inset-ring-line sm:p-8">
        <Outlet />
      </main>
    </div>
  );
}
