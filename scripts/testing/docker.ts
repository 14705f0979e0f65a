import { request } from 'node:http';

const ANSWER_MS = 5_000;

/** Whether a container engine answers where `DOCKER_HOST` says, else on the usual socket. */
export function dockerAnswers(env: NodeJS.ProcessEnv): Promise<boolean> {
  const host = new URL(env.DOCKER_HOST || 'unix:///var/run/docker.sock');
  const where =
    host.protocol === 'unix:'
      ? { socketPath: host.pathname }
      : { host: host.hostname, port: host.port || 2375 };
  return new Promise((resolve) => {
    const asking = request({ ...where, path: '/_ping', timeout: ANSWER_MS }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(false));
    asking.end();
  });
}
