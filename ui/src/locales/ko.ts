export default Object.fromEntries(
  Object.entries(import.meta.glob<object>('./ko/*.ts', { eager: true, import: 'default' })).map(
    ([path, messages]) => [path.slice(5, -3), messages],
  ),
);
