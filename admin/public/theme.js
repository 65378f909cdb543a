// Runs before the first paint, so that a page in the other theme never flashes. src/shell/theme.ts writes what this reads.
const theme = localStorage.getItem('rubric.theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
