import type { NodeOptionWords } from '../option-words.ts';

export default {
  title: '옵션',
  off: '꺼짐',
  on: '켜짐',
  allInTurn: '모두 돌아가며',
  units: {
    seconds: '초',
    milliseconds: 'ms',
    kibibytes: 'KiB',
    perSecond: '요청/초',
    percent: '%',
  },
  expected: {
    whole: '{minimum}부터 {maximum}까지의 정수를 입력하세요.',
    number: '{minimum}부터 {maximum}까지의 수를 입력하세요.',
    name: '영문 소문자로 시작하고 소문자, 숫자, 하이픈만 쓰며 32자 이내여야 합니다.',
  },
  of: {
    policy: {
      label: '분산 방식',
      hint: '다음 요청을 어느 서버가 받을지 정합니다.',
      choices: {
        'round-robin': '라운드 로빈',
        'least-connections': '최소 연결',
        'consistent-hash': '일관된 해시',
      },
    },
    healthCheck: {
      label: '헬스 체크',
      hint: '서버가 정상인지 주기적으로 확인합니다. 끄면 상태를 바로 압니다.',
      members: {
        intervalSeconds: { label: '주기' },
        unhealthyAfter: { label: '제외까지 연속 실패' },
        healthyAfter: { label: '복귀까지 연속 성공' },
      },
    },
    requireKey: { label: 'API 키 필요', hint: '키가 없는 클래스의 요청을 거절합니다.' },
    rateLimit: {
      label: '속도 제한',
      hint: '초당 허용량과, 쉬었다가 한꺼번에 허용할 양을 정합니다. 넘는 요청은 거절합니다.',
      members: { perSecond: { label: '속도' }, burst: { label: '버스트' } },
    },
    classes: {
      label: '경로',
      hint: '클래스의 요청을 받을 노드입니다. 정하지 않은 클래스는 연결된 모든 노드가 돌아가며 받습니다.',
    },
    mode: {
      label: '모드',
      hint: '악의적으로 보이는 요청을 어떻게 할지 정합니다.',
      choices: { detect: '탐지: 세기만 함', block: '차단' },
    },
    detectionRatio: {
      label: '악의적 요청 탐지율',
      hint: '악의적인 요청 가운데 알아보는 비율입니다.',
    },
    falsePositiveRatio: {
      label: '오탐률',
      hint: '정상 요청 가운데 악의적이라고 잘못 보는 비율입니다.',
    },
    eviction: {
      label: '제거 정책',
      hint: '새 항목을 위해 무엇을 비울지 정합니다.',
      choices: {
        lru: '가장 오래 안 쓴 것부터 (LRU)',
        lfu: '가장 적게 쓴 것부터 (LFU)',
      },
    },
    strategy: {
      label: '전략',
      hint: '쓰기가 캐시에 반영되는 방식입니다. 나중 쓰기는 빠르지만 장애가 나면 최근 쓰기를 잃습니다.',
      choices: {
        lazy: '지연 적재: 없을 때 채움',
        'write-through': '즉시 쓰기 (write-through)',
        'write-back': '나중 쓰기 (write-back)',
      },
    },
    ttlSeconds: {
      label: '유효 시간 (TTL)',
      hint: '항목을 채운 뒤 얼마나 두는지 정합니다. 끄면 다른 항목에 밀려날 때까지 둡니다.',
    },
    coalescing: {
      label: '요청 합치기',
      hint: '같은 항목을 동시에 못 찾은 요청 가운데 하나만 묻고 나머지는 그 답을 기다립니다.',
    },
    flushSeconds: {
      label: '반영 주기',
      hint: '나중 쓰기에서 새로 쓴 내용을 데이터베이스에 보내는 주기입니다.',
    },
    concurrencyLimit: {
      label: '동시 실행 한도',
      hint: '동시에 처리하는 요청 수입니다. 넘으면 제한됩니다.',
    },
    keepAliveSeconds: {
      label: '유지 시간',
      hint: '마지막 요청 뒤 인스턴스를 준비 상태로 두는 시간입니다.',
    },
    replicas: { label: '최소 복제본', hint: '오토스케일러가 이보다 줄이지 않습니다.' },
    maxReplicas: { label: '최대 복제본', hint: '오토스케일러가 이보다 늘리지 않습니다.' },
    targetUtilisation: {
      label: '목표 사용률',
      hint: '오토스케일러가 맞추려는 CPU 사용률입니다.',
    },
    stabilisationSeconds: {
      label: '안정화 시간',
      hint: '복제본을 줄이기 전에 필요했던 수를 기억하는 시간입니다.',
    },
    users: { label: '접속 사용자', hint: '한 사람마다 연결이 하나씩 있어 메모리를 씁니다.' },
    idleSeconds: {
      label: '유휴 시간',
      hint: '마지막 메시지 뒤 연결을 열어 두는 시간입니다.',
    },
    partitions: {
      label: '파티션',
      hint: '순서는 파티션 안에서 지켜지며, 한 그룹에서 이 수만큼만 동시에 일합니다.',
    },
    acks: {
      label: '응답 확인',
      hint: '보내는 쪽이 무엇을 기다리는지 정합니다. 덜 기다릴수록 장애 때 더 잃을 수 있습니다.',
      choices: { none: '없음', leader: '리더', all: '리더와 팔로워' },
    },
    rebalancing: {
      label: '리밸런싱',
      hint: '컨슈머가 오가면 파티션을 다시 나누는 방식입니다.',
      choices: { range: '범위: 모두 멈춤', cooperative: '협력: 일부만 옮김' },
    },
    maxDeliveries: {
      label: '최대 전달 횟수',
      hint: '처리에 이만큼 실패한 메시지는 데드 레터가 됩니다.',
    },
    maxMessageKiB: { label: '최대 메시지 크기', hint: '더 큰 메시지는 거절합니다.' },
    retentionSeconds: {
      label: '보존 시간',
      hint: '더 오래된 메시지는 처리되지 않았어도 지워져 유실됩니다.',
    },
    expirySeconds: {
      label: '만료 시간',
      hint: '더 오래된 메시지는 처리할 가치가 없어 건너뜁니다.',
    },
    group: {
      label: '컨슈머 그룹',
      hint: '같은 그룹의 워커는 메시지를 나누고, 그룹마다 모든 메시지를 받습니다.',
    },
    concurrency: { label: '동시 처리', hint: '큐마다 동시에 처리하는 메시지 수입니다.' },
    idempotent: {
      label: '멱등 처리',
      hint: '이미 처리한 메시지는 건너뜁니다. 끄면 쓰기를 다시 합니다.',
    },
    model: {
      label: '데이터 모델',
      hint: '어떤 질의가 싸고 비싼지 정합니다.',
      choices: { 'key-value': '키-값', document: '문서', graph: '그래프' },
    },
    replicationLagMs: {
      label: '복제 지연',
      hint: '쓰기가 대부분의 읽기를 맡는 사본에 닿기까지의 시간입니다.',
    },
    shards: {
      label: '샤드',
      hint: '행의 키나 요청 클래스에 따라 데이터베이스를 여러 서버로 나눕니다.',
      members: {
        by: { label: '나누는 기준', choices: { key: '키 (수평)', class: '클래스 (수직)' } },
        count: { label: '서버 수' },
      },
    },
    synchronousCommit: {
      label: '동기 커밋',
      hint: '쓰기가 디스크에 기록된 뒤 응답합니다. 끄면 장애 때 최근 쓰기를 잃습니다.',
    },
    synchronousReplication: {
      label: '동기 복제',
      hint: '처음 연결된 복제본에도 반영된 뒤 응답합니다.',
    },
    snapshotSeconds: {
      label: '스냅샷 간격',
      hint: '같은 영역에 데이터 사본을 둡니다. 싸고 빨리 복구되지만 영역의 디스크를 잃으면 함께 사라집니다.',
    },
    backupSeconds: {
      label: '백업 간격',
      hint: '데이터를 다른 곳에 복사합니다. 오래된 백업일수록 디스크를 잃을 때 더 많은 쓰기를 잃습니다(RPO).',
    },
    restoreSeconds: {
      label: '복구 시간',
      hint: '백업을 복구하거나 만드는 데 걸리는 시간이며 스냅샷은 그 10분의 1입니다. 끄면 데이터 크기에 따릅니다.',
    },
    shedding: {
      label: '부하 차단',
      hint: '맨 앞 요청이 CPU를 너무 오래 기다리는 동안 새 요청을 돌려보냅니다.',
      members: { targetMs: { label: '최대 대기' } },
    },
    scrapeSeconds: {
      label: '수집 간격',
      hint: '다른 모든 노드의 상태를 확인하는 주기입니다. 경보는 한 차례 수집이 끝날 때 나옵니다.',
    },
  } satisfies NodeOptionWords,
};
