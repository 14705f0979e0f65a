/**
 * The outline of values between 0 and 1 in a box, the newest at its right edge: `slots` values fill
 * the width. A gap stays where a value is null; values above 1 stand at the top.
 */
export function sparkPath(
  values: readonly (number | null)[],
  slots: number,
  width: number,
  height: number,
): string {
  const shown = values.slice(-slots);
  const step = width / Math.max(1, slots - 1);
  const left = (slots - shown.length) * step;
  let path = '';
  let pen = 'M';
  shown.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const y = height - 1 - Math.min(1, value) * (height - 2);
    path += `${pen}${(left + index * step).toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  });
  return path;
}
