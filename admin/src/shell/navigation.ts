import type { LinkProps } from '@tanstack/react-router';
import type { Permission } from '../api/permissions.ts';
import type { IconName } from '../design/icon.tsx';
import type { texts } from '../texts/texts.ts';

interface Screen {
  name: keyof typeof texts.screens;
  to: LinkProps['to'];
  icon: IconName;
  /** Who lacks it does not see the screen. */
  permission?: Permission;
}

interface Group {
  name: keyof typeof texts.shell.groups;
  screens: readonly Screen[];
}

/** The screens in the sidebar and in the palette, in this order. */
export const NAVIGATION: readonly Group[] = [
  {
    name: 'content',
    screens: [
      { name: 'articles', to: '/articles', icon: 'article' },
      { name: 'categories', to: '/categories', icon: 'category' },
      { name: 'authors', to: '/authors', icon: 'author' },
      { name: 'redirects', to: '/redirects', icon: 'redirect', permission: 'redirects.manage' },
    ],
  },
  { name: 'people', screens: [{ name: 'accounts', to: '/accounts', icon: 'people', permission: 'accounts.manage' }] },
  {
    name: 'installation',
    screens: [
      { name: 'tokens', to: '/tokens', icon: 'key', permission: 'tokens.manage' },
      { name: 'audit', to: '/audit', icon: 'audit', permission: 'audit.read' },
    ],
  },
];
