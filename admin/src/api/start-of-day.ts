/** The instant at which a day begins in the zone of the person, or one some days later: days have 23 to 25 hours. */
export function startOfDay(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
