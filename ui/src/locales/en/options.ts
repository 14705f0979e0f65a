import type { NodeOptionWords } from '../option-words.ts';

export default {
  title: 'Options',
  off: 'off',
  on: 'on',
  allInTurn: 'all in turn',
  units: { seconds: 's', milliseconds: 'ms', kibibytes: 'KiB', perSecond: 'req/s', percent: '%' },
  expected: {
    whole: 'A whole number from {minimum} to {maximum}, please.',
    number: 'A number from {minimum} to {maximum}, please.',
    name: 'Lower-case letters, digits and hyphens, starting with a letter, 32 at most.',
  },
  of: {
    policy: {
      label: 'Balancing',
      hint: 'Which server gets the next request.',
      choices: {
        'round-robin': 'Round robin',
        'least-connections': 'Least connections',
        'consistent-hash': 'Consistent hash',
      },
    },
    healthCheck: {
      label: 'Health checks',
      hint: 'Asks each server from time to time whether it is well. Without, it knows at once.',
      members: {
        intervalSeconds: { label: 'Every' },
        unhealthyAfter: { label: 'Out after failures' },
        healthyAfter: { label: 'Back after successes' },
      },
    },
    requireKey: {
      label: 'API key required',
      hint: 'Requests of classes that have no key are refused.',
    },
    rateLimit: {
      label: 'Rate limit',
      hint: 'Requests beyond it are refused: so many a second, and so many at once after a pause.',
      members: { perSecond: { label: 'Rate' }, burst: { label: 'Burst' } },
    },
    classes: {
      label: 'Routes',
      hint: 'The linked node that a class goes to; other classes go to all linked nodes in turn.',
    },
    mode: {
      label: 'Mode',
      hint: 'What happens to a request that looks hostile.',
      choices: { detect: 'Detect: only count it', block: 'Block it' },
    },
    detectionRatio: {
      label: 'Hostile ones flagged',
      hint: 'Share of the hostile requests that it recognises.',
    },
    falsePositiveRatio: {
      label: 'Innocent ones flagged',
      hint: 'Share of the innocent requests that it takes for hostile ones.',
    },
    eviction: {
      label: 'Eviction',
      hint: 'Which item makes room for a new one.',
      choices: { lru: 'Least recently used (LRU)', lfu: 'Least frequently used (LFU)' },
    },
    strategy: {
      label: 'Strategy',
      hint: 'How writes come into the cache. Write-back is fast, and loses its latest writes in a crash.',
      choices: {
        lazy: 'Lazy: a miss fills it',
        'write-through': 'Write-through',
        'write-back': 'Write-back',
      },
    },
    ttlSeconds: {
      label: 'Time to live',
      hint: 'How long an item stays after it was filled. Off: until another needs its place.',
    },
    coalescing: {
      label: 'Coalescing',
      hint: 'Of several requests that miss the same item at once, one asks and the others wait for it.',
    },
    flushSeconds: {
      label: 'Flush every',
      hint: 'How often write-back brings its new writes to the database.',
    },
    concurrencyLimit: {
      label: 'Concurrency limit',
      hint: 'Requests that are served at once; more are throttled.',
    },
    keepAliveSeconds: {
      label: 'Keep alive',
      hint: 'How long an instance stays ready after its latest request.',
    },
    replicas: { label: 'Replicas, at least', hint: 'The autoscaler never goes below.' },
    maxReplicas: { label: 'Replicas, at most', hint: 'The autoscaler never goes above.' },
    targetUtilisation: {
      label: 'Target utilisation',
      hint: 'CPU utilisation that the autoscaler aims at.',
    },
    stabilisationSeconds: {
      label: 'Stabilisation',
      hint: 'For how long the autoscaler remembers a need before it takes replicas away.',
    },
    users: {
      label: 'Users online',
      hint: 'Each of them has a connection of their own, which takes memory.',
    },
    idleSeconds: {
      label: 'Idle time',
      hint: 'How long a connection stays open after its latest message.',
    },
    partitions: {
      label: 'Partitions',
      hint: 'Order holds within a partition; at most so many consumers of a group work at once.',
    },
    acks: {
      label: 'Acknowledgement',
      hint: 'What a producer waits for. The less it waits for, the more a crash can lose.',
      choices: { none: 'None', leader: 'Leader', all: 'Leader and followers' },
    },
    rebalancing: {
      label: 'Rebalancing',
      hint: 'How partitions are shared anew when a consumer comes or goes.',
      choices: { range: 'Range: all stop', cooperative: 'Cooperative: few move' },
    },
    maxDeliveries: {
      label: 'Deliveries, at most',
      hint: 'A message whose processing fails so often becomes a dead letter.',
    },
    maxMessageKiB: { label: 'Message size, at most', hint: 'Larger messages are refused.' },
    retentionSeconds: {
      label: 'Retention',
      hint: 'Older messages are deleted even if nobody has processed them: they are lost.',
    },
    expirySeconds: {
      label: 'Expiry',
      hint: 'Older messages are not worth processing any more and are skipped.',
    },
    group: {
      label: 'Consumer group',
      hint: 'Workers of a group share the messages; each group gets all of them.',
    },
    concurrency: {
      label: 'Concurrency',
      hint: 'Messages of each queue that it processes at once.',
    },
    idempotent: {
      label: 'Idempotent',
      hint: 'Leaves a message alone that it has processed before; otherwise the write is done again.',
    },
    model: {
      label: 'Data model',
      hint: 'Which queries are cheap and which are dear.',
      choices: { 'key-value': 'Key-value', document: 'Document', graph: 'Graph' },
    },
    replicationLagMs: {
      label: 'Replication lag',
      hint: 'How long a write takes to reach the copies that answer most reads.',
    },
    shards: {
      label: 'Shards',
      hint: 'Splits the database over several machines, by the row’s key or by the class of requests.',
      members: {
        by: { label: 'Split by', choices: { key: 'Key (horizontal)', class: 'Class (vertical)' } },
        count: { label: 'Machines' },
      },
    },
    synchronousCommit: {
      label: 'Synchronous commit',
      hint: 'A write is answered when it is on disk; otherwise a crash loses the latest.',
    },
    synchronousReplication: {
      label: 'Synchronous replication',
      hint: 'A write is answered when the first linked replica has it too.',
    },
    snapshotSeconds: {
      label: 'Snapshot every',
      hint: 'Keeps a copy of the data in the same zone: cheap and quickly restored, but lost with the disks of the zone.',
    },
    backupSeconds: {
      label: 'Backup every',
      hint: 'Copies the data to another place. The longer ago it was, the more writes are lost with the disks (RPO).',
    },
    restoreSeconds: {
      label: 'Restore time',
      hint: 'How long restoring or taking a backup lasts; a snapshot a tenth of it. Off: as long as the data is large.',
    },
    shedding: {
      label: 'Load shedding',
      hint: 'Turns new requests away while the first in line has waited too long for the CPU.',
      members: { targetMs: { label: 'Longest wait' } },
    },
    scrapeSeconds: {
      label: 'Scrape every',
      hint: 'How often it asks all other nodes how they are. Alerts come with the end of a round.',
    },
  } satisfies NodeOptionWords,
};
