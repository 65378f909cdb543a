-- Written by `npm run generate` from health.queries.ts.

-- findPulse()
select
  1;
