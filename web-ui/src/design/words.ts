/** `1:05`, `1:02:03`: whole seconds, rounded down, as clocks do. */
export function clockTime(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${h > 0 ? String(m).padStart(2, '0') : m}:${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
}

/** `1 hour 5 minutes 2 seconds`, for those who listen. */
export function spokenTime(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const parts = [
    plural(Math.floor(seconds / 3600), 'hour'),
    plural(Math.floor(seconds / 60) % 60, 'minute'),
    plural(seconds % 60, 'second'),
  ].filter((part) => !part.startsWith('0 '));
  return parts.length > 0 ? parts.join(' ') : '0 seconds';
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `3.4 MB`, decimal as file managers say it. */
export function fileSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `Today, 14:05`, `Yesterday, 9:30`, `21 Nov 2026, 14:05`, in the reader's language. */
export function momentInWords(time: string | number, now: Date, locale?: string): string {
  const date = new Date(time);
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(date);
  const daysAgo = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  if (daysAgo === 0) return `Today, ${clock}`;
  if (daysAgo === 1) return `Yesterday, ${clock}`;
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(date);
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** What to call a session: its title, or when it was made. */
export function titleOf(session: { title: string; createdAt: string }, now = new Date()): string {
  return session.title.trim() || `Recording · ${momentInWords(session.createdAt, now)}`;
}
