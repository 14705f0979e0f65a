export default {
  title: '다시 보기',
  otherRuleset:
    '이 게임은 다른 규칙에서 했습니다. 지금 규칙으로 다시 돌리면 다르게 흘러갈 수 있어, 볼 수는 있지만 이어서 할 수는 없습니다.',
  play: '재생',
  pause: '일시정지',
  speed: '속도',
  times: '{speed}×',
  position: '게임 안의 위치',
  positionText: '{end} 중 {time}',
  leave: '다시 보기 끝내기',
  toDebrief: '결과로 돌아가기',
};
