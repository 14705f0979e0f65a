/** Play time as mm:ss (hours are counted as minutes); fractions of a second are cut off. */
export function clock(timeMs: number): string {
  const seconds = Math.max(0, Math.floor(timeMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

export interface Format {
  /** 18,240; at most `digits` decimals (0). */
  number(value: number, digits?: number): string;
  /** $2,318 in whole dollars; cents below $100 unless they are zero. */
  money(value: number): string;
  /** −$41/h: a running cost, or an income with `+`. */
  moneyPerHour(value: number, sign?: 'cost' | 'change'): string;
  /** 2.7 %, of a ratio; `digits` decimals (1), none from 10 % up. */
  percent(ratio: number, digits?: number): string;
  /** 362 ms, 1.24 s: the length of a time. */
  duration(ms: number): string;
  clock(timeMs: number): string;
}

const MINUS = '−';

/** Builds the formatters of a language; `hour` is its short unit for an hour. */
export function createFormat(locale: string, hour: string): Format {
  const formats = new Map<number, Intl.NumberFormat>();

  function number(value: number, digits = 0): string {
    let format = formats.get(digits);
    if (!format) {
      format = new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
      formats.set(digits, format);
    }
    const text = format.format(Math.abs(value));
    const isNegative = value < 0 && format.format(value) !== text && /[1-9]/.test(text);
    return isNegative ? `${MINUS}${text}` : text;
  }

  function money(value: number): string {
    const size = Math.abs(value);
    const cents = size < 100 && Math.round(size * 100) % 100 !== 0;
    const text = cents ? size.toFixed(2) : number(size);
    return `${value < 0 && /[1-9]/.test(text) ? MINUS : ''}$${text}`;
  }

  function moneyPerHour(value: number, sign: 'cost' | 'change' = 'cost'): string {
    const plus = sign === 'change' && value > 0 ? '+' : '';
    return `${plus}${money(value)}/${hour}`;
  }

  function percent(ratio: number, digits = 1): string {
    const value = ratio * 100;
    return `${number(value, Math.abs(value) >= 10 ? 0 : digits)} %`;
  }

  function duration(ms: number): string {
    if (ms < 10) return `${number(ms, 1)} ms`;
    if (ms < 1_000) return `${number(ms)} ms`;
    return `${number(ms / 1000, 2)} s`;
  }

  return { number, money, moneyPerHour, percent, duration, clock };
}
