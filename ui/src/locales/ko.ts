import board from './ko/board.ts';
import common from './ko/common.ts';
import comparison from './ko/comparison.ts';
import debrief from './ko/debrief.ts';
import files from './ko/files.ts';
import inspector from './ko/inspector.ts';
import log from './ko/log.ts';
import options from './ko/options.ts';
import real from './ko/real.ts';
import replay from './ko/replay.ts';
import settings from './ko/settings.ts';
import shop from './ko/shop.ts';
import stage from './ko/stage.ts';
import table from './ko/table.ts';
import topBar from './ko/topBar.ts';
import traffic from './ko/traffic.ts';
import tutorial from './ko/tutorial.ts';

/** Korean words, one file a feature. */
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
