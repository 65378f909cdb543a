import { createContext, type ReactNode, use, useCallback, useEffect, useEffectEvent, useState } from 'react';
import { isShortcut } from './is-shortcut.ts';
import { type CommandId, SHORTCUTS } from './shortcuts.ts';

export interface Command {
  id: CommandId;
  run: () => void;
}

const CommandsContext = createContext<readonly Command[]>([]);
/** Apart from the commands, so that a screen that registers one is not drawn again by it. */
const RegisterContext = createContext<(command: Command) => () => void>(() => () => {});

/** Keeps the commands of the mounted screens, and runs the one whose shortcut is pressed. Once, around the site. */
export function Commands({ children }: { children: ReactNode }) {
  const [commands, setCommands] = useState<readonly Command[]>([]);
  const register = useCallback((command: Command) => {
    setCommands((present) => [...present, command]);
    return () => setCommands((present) => present.filter((each) => each !== command));
  }, []);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // Of two with one shortcut the later is nearer.
      const command = commands.findLast(({ id }) => isShortcut(event, SHORTCUTS[id]));
      if (!command || event.defaultPrevented) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [commands]);

  return (
    <RegisterContext value={register}>
      <CommandsContext value={commands}>{children}</CommandsContext>
    </RegisterContext>
  );
}

/** The commands that can run now, for the palette. */
export const useCommands = (): readonly Command[] => use(CommandsContext);

/**
 * Offers a command in the palette, and by its shortcut, while the component is mounted. Add its title to `texts.commands`
 * and its shortcut, if it has one, to `SHORTCUTS`.
 */
export function useCommand(id: CommandId, run: () => void, { enabled = true } = {}) {
  const register = use(RegisterContext);
  const runLatest = useEffectEvent(run);
  useEffect(() => (enabled ? register({ id, run: () => runLatest() }) : undefined), [id, enabled, register]);
}
