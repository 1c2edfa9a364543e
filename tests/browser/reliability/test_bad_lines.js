/** A worker that a test breaks. */

/** @param {string} what of the worker's browser breaks; see broken_worker.js @returns {Promise<number>} which worker */
export async function breakWorker(what) {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const broken = new Promise((done) => {
    port1.onmessage = ({ data }) => done(data);
  });
  active.postMessage({ breaks: what }, [port2]);
  return broken;
}
