-- Written by `npm run generate` from audit.queries.ts.

-- insertAuditEntry({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1' }, { action: 'access.refused', subject: null, subjectId: null })
insert into
  "audit_log" (
    "at",
    "via",
    "account_id",
    "token_id",
    "address",
    "action",
    "subject",
    "subject_id",
    "before",
    "after"
  )
values
  (default, $1, $2, $3, $4, $5, $6, $7, default, default);
