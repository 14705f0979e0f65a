import * as Type from 'typebox';

/** How often; null: never. */
const interval = () =>
  Type.Optional(
    Type.Union([Type.Number({ minimum: 1, maximum: 86_400 }), Type.Null()], { default: null }),
  );

/** Options of a database whose data can be lost. Without either copy, lost disks are lost for good. */
export const BACKUP_OPTIONS = {
  /** How often a snapshot is taken: it stays in the node's zone, and is lost with the disks of that zone. */
  snapshotSeconds: interval(),
  /** How often a backup is taken: it is copied to another place, which takes ten times as long as a snapshot. */
  backupSeconds: interval(),
  /** How long restoring a backup takes, and taking one; a snapshot a tenth of it. Null: as long as the data's size makes it. */
  restoreSeconds: Type.Optional(
    Type.Union([Type.Number({ minimum: 0.1, maximum: 86_400 }), Type.Null()], { default: null }),
  ),
};
