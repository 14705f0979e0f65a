import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const MAX_SESSIONS = 64;

export interface SessionsOptions {
  /** Called with each token that is good for one exchange: the first, and a fresh one after every exchange. */
  readonly onToken: (token: string) => void;
}

/** Who may change things during this launch; kept in memory, gone with the process. */
export interface Sessions {
  /** Spends the present token: returns the secret of a new session, or null if the token is not the present one. */
  exchange(token: string): string | null;
  /** Whether a secret, as a cookie brought it, belongs to a session of this launch. */
  isOpen(secret: string | undefined): boolean;
}

/**
 * One token at a time opens one session. A fresh token follows each exchange, so that another browser can
 * be let in from the terminal; past 64 sessions the oldest ends.
 */
export function createSessions({ onToken }: SessionsOptions): Sessions {
  const sessions = new Set<string>();
  let tokenDigest = digest(issueToken());

  function issueToken(): string {
    const token = randomSecret();
    onToken(token);
    return token;
  }

  return {
    exchange(token) {
      if (!timingSafeEqual(digest(token), tokenDigest)) return null;
      tokenDigest = digest(issueToken());
      const secret = randomSecret();
      sessions.add(keyOf(secret));
      for (const oldest of sessions) {
        if (sessions.size <= MAX_SESSIONS) break;
        sessions.delete(oldest);
      }
      return secret;
    },
    isOpen: (secret) => secret !== undefined && sessions.has(keyOf(secret)),
  };
}

const randomSecret = () => randomBytes(32).toString('base64url');
const digest = (text: string) => createHash('sha256').update(text).digest();
const keyOf = (secret: string) => digest(secret).toString('hex');
