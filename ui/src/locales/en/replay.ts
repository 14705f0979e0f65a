export default {
  title: 'Replay',
  otherRuleset:
    'This run was played under other rules. Played again under the present rules it could go differently, so it can be looked at but not played on.',
  play: 'Play',
  pause: 'Pause',
  speed: 'Speed',
  times: '{speed}×',
  position: 'Position in the run',
  positionText: '{time} of {end}',
  leave: 'Leave the replay',
  toDebrief: 'Back to the debrief',
};
