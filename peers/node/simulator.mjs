// Starts the fake clouds as a process of their own, on free ports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const core = fileURLToPath(new URL('../../target/core/', import.meta.url));

/**
 * Starts them. Images, stops and starts take a second.
 *
 * Returns `clouds`, by cloud id: `url`, `host` (with port), `keyId` and `secret` of the account; the same without key for the
 * clouds' security token services, by cloud id and `-sts`; and `close()`.
 */
export async function startSimulator() {
  const classPath = [`${core}classes`, `${core}test-classes`, readFileSync(`${core}classpath`, 'utf8').trim()];
  const main = 'io.jenkins.plugins.cloudimage.simulator.SimulatorMain';
  const java = spawn('java', ['-XX:+UseSerialGC', '-cp', classPath.join(':'), main, '0', '1', 'keys'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(java, 'exit');
  const clouds = {};
  for await (const line of createInterface({ input: java.stdout })) {
    if (line === 'ready') {
      return {
        clouds,
        async close() {
          java.stdin.end();
          await ended;
        },
      };
    }
    const [id, , url, keyId, secret] = line.split(' ');
    clouds[id] = { url, host: new URL(url).host, keyId, secret };
  }
  throw new Error('the simulator ended before it was ready');
}

/** Asks until the answer passes a check, for ten seconds at most. */
export async function until(ask, passes) {
  const end = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (passes(answer)) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`still not as expected: ${JSON.stringify(answer)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
