/**
 * Lets the thread receive its messages. A promise alone does not: it runs before them. A timer
 * would, but browsers slow timers down in hidden tabs.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
