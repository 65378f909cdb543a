import { type ComponentType, createElement, use, useEffect } from 'react';
import { texts } from '../texts/texts.ts';
import { toast } from './toast.tsx';

type LazyComponent<Props extends object> = ComponentType<Props> & { load: () => Promise<void> };

/**
 * A part of a screen that is loaded when it is opened, or before by `load`. Where it cannot be loaded, without a connection
 * or after an upgrade, a toast says so and the part closes; opening it again tries again. `lazy` of React would replace the
 * whole screen by its error, with the text that somebody is writing, and would never try again.
 */
export function lazyComponent<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyComponent<Props> {
  let loading: Promise<ComponentType<Props>> | undefined;

  function NotLoaded(props: Props & { onClose?: () => void }) {
    const { onClose } = props;
    useEffect(() => {
      toast.failed({ title: texts.design.notLoaded, detail: texts.design.notLoadedWhy });
      onClose?.();
      return () => {
        loading = undefined;
      };
    }, [onClose]);
    return null;
  }

  const begin = () => (loading ??= load().catch(() => NotLoaded));

  function Loaded(props: Props) {
    return createElement(use(begin()), props);
  }
  Loaded.load = async () => {
    if ((await begin()) === NotLoaded) loading = undefined;
  };
  return Loaded;
}
