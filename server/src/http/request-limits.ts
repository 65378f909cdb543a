/** The default of `BODY_LIMIT_BYTES`: 1 MiB. */
export const DEFAULT_BODY_LIMIT_BYTES = 1_048_576;
/** The default of `MAX_IDS`. */
export const DEFAULT_MAX_IDS = 1_000;
/** Of all headers of a request together, with the request line. */
export const MAX_HEADER_BYTES = 16_384;
