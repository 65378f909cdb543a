/**
 * The two ways in which the floor reads articles. `memory`: PostgreSQL returns columns and ids, and Node writes the JSON
 * with names from memory. `json`: PostgreSQL builds the JSON of each article, and Node passes it on. The benchmark tries
 * both and uses the faster one for each workload.
 */
export const FORM_NAMES = ['memory', 'json'] as const;
export type FormName = (typeof FORM_NAMES)[number];
