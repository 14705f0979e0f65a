export interface Sorting<Column extends string> {
  readonly column: Column;
  readonly direction: 'ascending' | 'descending';
}

type Rank = string | number | null;

function compare(a: Rank, b: Rank): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** Rows ordered by what `rankOf` says of each; what is not known stays last in either direction. */
export function sortRows<Row>(
  rows: readonly Row[],
  direction: Sorting<string>['direction'],
  rankOf: (row: Row) => Rank,
): Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [left, right] = [rankOf(a), rankOf(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right);
  });
}

/** The sorting after a press on a column's head: the other direction there, or ascending elsewhere. */
export function nextSorting<Column extends string>(
  now: Sorting<Column>,
  column: Column,
): Sorting<Column> {
  const turn = now.column === column && now.direction === 'ascending';
  return { column, direction: turn ? 'descending' : 'ascending' };
}
