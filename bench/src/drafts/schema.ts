/** The table of the floor: the columns of Rubric's, and no constraint but the key. */
export const FLOOR_TABLE = `
  create table article_drafts (article_id bigint primary key, version int not null, base_version int not null,
    updated_at timestamptz(3) not null, account_id bigint, token_id bigint, command text, title text not null, slug text not null,
    excerpt text, content text not null, content_format text not null, category_ids bigint[] not null, author_ids bigint[] not null)`;

export const COLUMNS =
  'article_id, version, base_version, updated_at, account_id, token_id, command, title, slug, excerpt, content, ' +
  'content_format, category_ids::text, author_ids::text';
