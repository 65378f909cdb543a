/** The most children that a response with a single category contains; `GET /categories?parentId=` lists all. */
export const MAX_CHILDREN = 1_000;
