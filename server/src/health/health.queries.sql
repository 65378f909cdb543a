-- Written by `npm run generate` from health.queries.ts.

-- findReadiness()
select
  1;
