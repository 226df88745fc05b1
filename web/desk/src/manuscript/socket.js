// A WebSocket to the house; the one thing of the desk's that listens to messages (crates/testkit/tests/house/doors/foreign.rs).

/** Where the line is. */
const address = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/desk/live`;

export class Socket {
  onopen = () => {};
  ontold = () => {};
  onclose = () => {};
  #socket = new WebSocket(address());

  constructor() {
    this.#socket.addEventListener('open', () => this.onopen());
    this.#socket.addEventListener('message', ({ data }) => this.ontold(JSON.parse(data)));
    this.#socket.addEventListener('close', ({ code }) => this.onclose({ code }));
  }

  get readyState() { return this.#socket.readyState; }
  send(said) { this.#socket.send(JSON.stringify(said)); }
  close() { this.#socket.close(); }
}
