import { texts } from '../texts/texts.ts';
import { classNames } from './class-names.ts';

/** The sign of the house: the pilcrow, which a rubricator painted in red where a text begins. */
export const Mark = ({ className }: { className?: string }) => (
  <span className={classNames('inline-flex items-baseline gap-1.5 font-serif text-lg leading-none', className)}>
    <span aria-hidden="true" className="text-[1.25em] text-rubric">
      ¶
    </span>
    {texts.shell.site}
  </span>
);
