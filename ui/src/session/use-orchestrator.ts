import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { createOrchestratorClient, type ServerAccess } from './orchestrator-client.ts';

/**
 * The server that served this page, if it is ours. Until it has answered, and on a plain file
 * server, `canRead` and `canSave` are false and what needs the server is not shown.
 */
export const useOrchestrator = defineStore('orchestrator', () => {
  const client = createOrchestratorClient(document.baseURI);
  const access = shallowRef<ServerAccess | null>(null);
  void client.access().then((answer) => {
    access.value = answer;
  });
  return {
    access,
    canRead: computed(() => access.value === 'read' || access.value === 'write'),
    canSave: computed(() => access.value === 'write'),
    saveRun: client.saveRun,
    listRuns: client.listRuns,
    loadRun: client.loadRun,
    leaderboard: client.leaderboard,
    doctor: client.doctor,
    outlook: client.outlook,
    containerLogs: client.containerLogs,
    scorecardAddress: client.scorecardAddress,
  };
});
