export default {
  title: 'Settings',
  theme: 'Theme',
  themes: { system: 'As the system', dark: 'Dark', light: 'Light' },
  language: 'Language',
  motion: 'Movement',
  motions: { system: 'As the system', on: 'On', off: 'Off' },
  keys: 'Keys',
  characterKeys: 'Single keys act (letters, digits, signs)',
  characterKeysHint: 'Switch this off when speech input or slips of the hand set off actions.',
  changeKey: '{action}: {key}. Press to choose another key.',
  pressKey: 'Press a key…',
  resetKey: '{action}: back to the usual key',
  resetKeys: 'All keys back to the usual ones',
  keyTaken: '{key} already does “{action}”. Choose another key, or change that one first.',
  keyFixed: '{key} keeps its meaning everywhere. Choose another key.',
  help: {
    title: 'Help and keys',
    goal: 'Carry the service through the stage: keep the error gauge from filling and the money above the floor.',
    build:
      'Buy nodes in the shop below the map: choose one, then click the map. Building works while time is paused, too.',
    connect:
      'Draw a link from the handle of one node to another, or choose a node, press the connect key and choose its target. Requests follow the links.',
    watch:
      'A red node drops requests; select it and read what limits it. Make it larger, clone it behind a load balancer, or take work off it.',
    end: 'At the end you see the rank with its parts, every failure with its cause, and the run as a replay.',
    change: 'Keys can be changed in the settings.',
  },
};
