import type { Scenario } from '../protocol/index.ts';

/** Stage 1: one server, one database, and a link that friends pass on. */
export const helloWorld: Scenario = {
  format: 'project-devops/scenario@1',
  id: 'hello-world',
  title: { en: 'Hello World', ko: '헬로 월드' },
  situation: {
    en: 'One server, one database. Friends have the link and pass it on; tonight Marketing posts it in a forum.',
    ko: '서버 한 대, 데이터베이스 한 대. 친구들이 링크를 주고받고, 오늘 밤에는 마케팅팀이 커뮤니티에 글을 올립니다.',
  },
  goal: {
    en: 'Stay up for eight minutes: keep the error ratio at 5 % or below.',
    ko: '8분 동안 서비스를 지키세요. 오류율을 5 % 이하로 유지해야 합니다.',
  },
  durationSeconds: 480,
  secondsPerGameHour: 60,
  startingMoney: 260,
  bankruptcyFloor: 0,
  topology: {
    nodes: [
      { kind: 'clients', id: 'clients', position: { x: 120, y: 240 } },
      { kind: 'vm-basic', id: 'web-1', size: 'S', position: { x: 528, y: 240 } },
      { kind: 'sql-primary', id: 'primary', size: 'S', position: { x: 792, y: 240 } },
    ],
    links: [
      { from: 'clients', to: 'web-1' },
      { from: 'web-1', to: 'primary' },
    ],
  },
  shop: ['load-balancer', 'vm-basic', 'sql-primary', 'sql-replica', 'cache'],
  classes: {
    home: { operations: ['static'], revenue: 0.005, onTimeMs: 500, timeoutMs: 3_000 },
    browse: {
      operations: ['static', 'read', 'read'],
      revenue: 0.012,
      onTimeMs: 800,
      timeoutMs: 3_000,
    },
    search: {
      operations: ['read', 'read', 'read', 'compute'],
      revenue: 0.02,
      onTimeMs: 1_000,
      timeoutMs: 3_000,
    },
    signup: { operations: ['static', 'write'], revenue: 0.03, onTimeMs: 1_000, timeoutMs: 3_000 },
  },
  mix: [{ atSeconds: 0, shares: { home: 40, browse: 42, search: 10, signup: 8 } }],
  data: { items: 10_000, zipfExponent: 0.9, hotRows: 500, hotRowExponent: 0.8 },
  users: {
    initial: 300,
    requestsPerUserPerMinute: 3,
    growthPerSecond: 0.002,
    churnPerSecond: 0.006,
  },
  traffic: [
    { atSeconds: 0, factor: 0.8 },
    { atSeconds: 60, factor: 1 },
    { atSeconds: 480, factor: 1 },
  ],
  arrivals: 'poisson',
  events: [
    {
      id: 'welcome',
      department: 'pm',
      atSeconds: 5,
      message: {
        en: 'We are live! Friends are trying the link right now.',
        ko: '서비스가 열렸습니다! 지금 친구들이 링크를 눌러 보고 있어요.',
      },
    },
    {
      id: 'forum-notice',
      department: 'marketing',
      atSeconds: 150,
      message: {
        en: 'We post the link in a large forum at 05:00. Expect over half as much traffic again.',
        ko: '05:00에 큰 커뮤니티에 링크를 올립니다. 트래픽이 절반 넘게 더 늘어날 거예요.',
      },
      traffic: {
        startSeconds: 300,
        rampSeconds: 10,
        holdSeconds: 65,
        factor: 1.7,
        label: { en: 'forum post', ko: '커뮤니티 글' },
      },
    },
  ],
  objective: { maxErrorRatio: 0.05, gaugeSeconds: 30 },
  scoring: { throughputPerSecond: 50, meanLatencyMs: 50, p95LatencyMs: 200, costPerThousand: 5 },
};
