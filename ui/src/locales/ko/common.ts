export default {
  appName: 'Project DevOps',
  units: { hour: '시간', perSecond: '요청/초', ms: 'ms', s: '초', perHour: '/시간' },
  close: '닫기',
  kinds: {
    clients: '클라이언트',
    'load-balancer': '로드 밸런서',
    'vm-basic': '기본 VM',
    'sql-primary': 'SQL 주 서버',
    'sql-replica': 'SQL 복제본',
    cache: '캐시',
  },
  operations: { static: '정적', read: '읽기', write: '쓰기', compute: '연산' },
  departments: {
    system: '시스템',
    pm: 'PM',
    marketing: '마케팅',
    development: '개발팀',
  },
  causes: {
    'queue-full': '대기열 가득 참',
    'time-out': '시간 초과',
    'connection-refused': '연결 거부',
    'pool-exhausted': '남은 연결 없음',
    'lock-time-out': '잠금 대기 시간 초과',
    'no-route': '서버로 가는 길 없음',
    'node-down': '노드 중단',
    'dependency-failed': '뒤쪽 노드 실패',
  },
  limits: {
    cpu: 'CPU',
    connections: '연결 수',
    'row-locks': '행 잠금',
    backlog: '대기열',
  },
  refusals: {
    'malformed-command': '이해할 수 없는 동작입니다. 페이지를 새로 고친 뒤 다시 시도하세요.',
    'unknown-node': '{subject} 노드가 이제 지도에 없습니다. 다른 노드를 고르세요.',
    'duplicate-node': '{subject} 이름의 노드가 이미 있습니다. 다른 이름을 고르세요.',
    'too-many-nodes': '지도가 가득 찼습니다. 노드는 최대 {limit}개입니다. 먼저 하나를 제거하세요.',
    'not-for-sale': '이 스테이지에서는 {kind}을(를) 팔지 않습니다. 상점에 있는 것으로 지으세요.',
    'not-enough-money':
      '돈이 부족합니다. {price}이(가) 필요하지만 {money}만 있습니다. 수입을 기다리거나, 더 작은 크기를 고르거나, 무언가를 제거하세요.',
    'same-node': '{subject}을(를) 자기 자신에게 연결할 수 없습니다. 다른 노드를 대상으로 고르세요.',
    'duplicate-link': '이미 있는 연결입니다.',
    'unknown-link': '이제 없는 연결입니다.',
    'too-many-links':
      '{subject}에는 더 연결할 수 없습니다(최대 {limit}개). 앞에 로드 밸런서를 두거나 연결 하나를 제거하세요.',
    'link-not-allowed':
      '{from}에서 {to}(으)로는 호출할 수 없습니다. 다음 중 하나로 연결하세요: {allowed}.',
    'target-taken':
      '{subject}에는 이미 {kind}이(가) 있습니다. 그 연결을 먼저 제거하거나 사이에 로드 밸런서를 두세요.',
    'no-connections-left':
      '{subject}이(가) 가득 찼습니다. 연결 {limit}개가 모두 쓰이고 있습니다. 더 큰 크기를 고르거나 하나 더 두세요.',
    unchanged: '{subject}은(는) 이미 그 상태입니다. 바꿀 것이 없습니다.',
    'not-removable': '{subject}은(는) 스테이지에 속해 있어 제거할 수 없습니다.',
    'not-resizable': '{subject}에는 크기가 없습니다. 대신 옆에 노드를 하나 더 두세요.',
    'not-restartable': '{subject}은(는) 다시 시작할 수 없습니다.',
    'option-not-supported': '{subject}에는 그런 설정이 없습니다.',
    'already-started': '운영이 이미 시작되었습니다.',
    'stage-over': '이 실행은 바꿀 수 없습니다. 스테이지가 끝났거나 지켜보는 중입니다.',
  },
};
