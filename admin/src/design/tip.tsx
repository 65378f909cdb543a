import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';

/** Names a button of an icon alone when it is pointed at or focused. Its trigger has the same text as `aria-label`. */
export function Tip({ label, trigger }: { label: string; trigger: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={trigger} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="z-50">
          <Tooltip.Popup className="rounded-sm bg-ink px-2 py-1 text-xs text-paper shadow-pop">{label}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
