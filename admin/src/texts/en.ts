/**
 * Every text of the site, in English. Texts with values are functions, so that a language can order and count as it does.
 * A second language is a second file of this shape. Each screen has its own section, named like its folder.
 */
export const en = {
  shell: {
    site: 'Rubric',
    skip: 'Skip to the content',
  },
};
