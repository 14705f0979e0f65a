/** Moves the focus among a menu's items by arrow keys, Home, End and the first letter. */
export function followMenuKeys(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLElement;
  const items = [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const present = items.indexOf(document.activeElement as HTMLElement);
  const next = nextItem(event.key, items, present);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function nextItem(
  key: string,
  items: readonly HTMLElement[],
  present: number,
): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[(present + 1) % items.length];
    case 'ArrowUp':
      return items.at(present <= 0 ? -1 : present - 1);
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default: {
      if (key.length !== 1) return undefined;
      const later = [...items.slice(present + 1), ...items.slice(0, present + 1)];
      return later.find((item) =>
        item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()),
      );
    }
  }
}
