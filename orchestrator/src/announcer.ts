/** Tells the person at the terminal where to go. */
export interface Announcer {
  /** A token that is good for one exchange. */
  tokenIssued(token: string): void;
  /** The server listens at this address, which has no slash at its end. */
  listening(address: string): void;
}

/** Prints `Project DevOps: <address>` once the server listens, and an address for the next browser after each exchange. */
export function createAnnouncer(print: (line: string) => void): Announcer {
  let address: string | null = null;
  let latestToken = '';
  return {
    tokenIssued(token) {
      latestToken = token;
      if (address !== null) print(`For another browser: ${address}/?token=${token}`);
    },
    listening(own) {
      address = own;
      print(`Project DevOps: ${own}/?token=${latestToken}`);
    },
  };
}
