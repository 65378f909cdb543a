interface Actor {
  accountId: number | null;
  accountName: string | null;
  tokenId: number | null;
  tokenName: string | null;
  command: string | null;
}

/** Returns who made a change, as responses show it. A token of an account counts as the account. */
export function changedBy({ accountId, accountName, tokenId, tokenName, command }: Actor) {
  if (accountId !== null) return { accountId, name: accountName };
  if (tokenId !== null) return { tokenId, name: tokenName };
  return command === null ? null : { command };
}
