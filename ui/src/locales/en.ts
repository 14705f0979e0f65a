import board from './en/board.ts';
import common from './en/common.ts';
import comparison from './en/comparison.ts';
import debrief from './en/debrief.ts';
import files from './en/files.ts';
import inspector from './en/inspector.ts';
import log from './en/log.ts';
import options from './en/options.ts';
import real from './en/real.ts';
import replay from './en/replay.ts';
import settings from './en/settings.ts';
import shop from './en/shop.ts';
import stage from './en/stage.ts';
import table from './en/table.ts';
import topBar from './en/topBar.ts';
import traffic from './en/traffic.ts';
import tutorial from './en/tutorial.ts';

/** English words, one file a feature. */
export default {
  board,
  common,
  comparison,
  debrief,
  files,
  inspector,
  log,
  options,
  real,
  replay,
  settings,
  shop,
  stage,
  table,
  topBar,
  traffic,
  tutorial,
};
