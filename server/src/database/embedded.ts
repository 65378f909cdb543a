/** The names in the embedded PostgreSQL. Existing data folders were created with them, so they cannot change. */
export const EMBEDDED_NAMES = { user: 'rubric', database: 'rubric', applicationName: 'rubric' };
