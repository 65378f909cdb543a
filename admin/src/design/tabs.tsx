import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface Tab<Name extends string> {
  name: Name;
  label: string;
  panel: ReactNode;
}

interface TabsProps<Name extends string> {
  /** What the tabs are of. */
  label: string;
  value: Name;
  tabs: readonly Tab<Name>[];
  onChange: (name: Name) => void;
  className?: string;
}

/** Several views of one thing. Where each has an address of its own, use links. */
export function Tabs<Name extends string>({ label, value, tabs, onChange, className }: TabsProps<Name>) {
  return (
    <BaseTabs.Root
      value={value}
      onValueChange={(name: Name) => onChange(name)}
      className={classNames('flex flex-col', className)}
    >
      <BaseTabs.List aria-label={label} className="flex gap-4 border-b border-line">
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.name}
            value={tab.name}
            className="-mb-px border-b-2 border-transparent px-0.5 py-2 text-sm font-medium text-soft hover:text-ink data-active:border-rubric data-active:text-ink"
          >
            {tab.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.name} value={tab.name} className="pt-4">
          {tab.panel}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
